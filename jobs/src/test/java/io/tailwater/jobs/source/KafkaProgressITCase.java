// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.embedded.Await;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watermark of a real topic, with a clock that stands still unless moved. */
class KafkaProgressITCase extends KafkaOnFlink {
  private static final long BEHIND = 5_000;
  private static final long IDLE_AFTER = 30_000;
  private static final long DAY = 86_400_000;
  private static final WatermarkPolicy POLICY =
      new WatermarkPolicy(BEHIND, IDLE_AFTER, DAY, 60_000);

  private Clicks clicks;

  @BeforeEach
  void openClicks() {
    clicks = new Clicks(kafka.bootstrap(), topic, null);
  }

  @AfterEach
  void closeProducer() {
    StallingInterceptor.release();
    clicks.close();
  }

  @Test
  void goesOnWithMoreTasksThanPartitions() throws Exception {
    kafka.createTopic(topic, 1);
    clicks.send(0, NOW - 10_000, NOW - 20_000);

    try (SourceRun run = start(4)) {
      run.awaitWatermark(NOW - 10_000 - BEHIND - 1);
      clicks.send(0, NOW - 2_000);
      run.awaitWatermark(NOW - 2_000 - BEHIND - 1);
    }
  }

  @Test
  void waitsForThePartitionFurthestBehindAndLeavesOutEmptyOnesReadToTheirEnd() throws Exception {
    kafka.createTopic(topic, 3);
    clicks.send(0, NOW - 3 * DAY);
    clicks.send(1, NOW - DAY);

    try (SourceRun run = start(2)) {
      run.awaitEvents(2);
      clock.awaitCalls(10);
      assertThat(run.recording().watermark()).isEqualTo(PartitionProgress.NONE);

      clock.advance(IDLE_AFTER);
      run.awaitWatermark(NOW + IDLE_AFTER - BEHIND - 1);
      clicks.send(2, NOW + IDLE_AFTER);
      run.awaitEvents(3);
      assertThat(run.recording().late()).isZero();
    }
  }

  @Test
  void followsTheClockOnASilentTopic() throws Exception {
    kafka.createTopic(topic, 2);
    clicks.send(0, NOW - DAY);
    clicks.send(1, NOW - DAY + 1);

    try (SourceRun run = start(2)) {
      run.awaitWatermark(NOW - DAY - BEHIND - 1);
      clock.advance(IDLE_AFTER - 1);
      clock.awaitCalls(10);
      assertThat(run.recording().watermark()).isEqualTo(NOW - DAY - BEHIND - 1);
      for (long passed = IDLE_AFTER; passed <= IDLE_AFTER + 3_000; passed += 1_000) {
        clock.advance(passed == IDLE_AFTER ? 1 : 1_000);
        run.awaitWatermark(NOW + passed - BEHIND - 1);
      }
    }
  }

  @Test
  void takesGarbageForSilence() throws Exception {
    kafka.createTopic(topic, 1);

    try (SourceRun run = start(1)) {
      clicks.sendGarbage(0);
      run.awaitEvents(1);
      clock.advance(IDLE_AFTER);
      clicks.send(0, NOW + 10 * DAY);
      run.awaitWatermark(NOW + IDLE_AFTER - BEHIND - 1);
    }
  }

  @Test
  void neverPassesTheClockWhateverEventsClaim() throws Exception {
    kafka.createTopic(topic, 1);
    clicks.send(0, NOW - 60_000, NOW + 10 * DAY, NOW + 60_000);

    try (SourceRun run = start(1)) {
      run.awaitWatermark(NOW - BEHIND - 1);
      run.awaitEvents(3);
      clock.advance(100);
      run.awaitWatermark(NOW + 100 - BEHIND - 1);
    }
  }

  @Test
  void makesNoEventLateWhenAFetchStallsInABacklog() throws Exception {
    int events = sendBacklog();
    StallingInterceptor.stallAfter(events / 3);

    try (SourceRun run = start(2, stallable())) {
      Await.until(() -> "no stall", StallingInterceptor::isStalling);
      outlastSilence();
      assertThat(run.recording().distinctEvents()).isLessThan(events);
      assertThat(run.recording().watermark()).isLessThan(NOW);

      StallingInterceptor.release();
      run.awaitEvents(events);
      assertThat(run.recording().late()).isZero();
      clock.advance(IDLE_AFTER);
      run.awaitWatermark(NOW + 11 * IDLE_AFTER - BEHIND - 1);
    }
  }

  @Test
  void makesNoEventLateWhenTheBrokerIsAwayInABacklog() throws Exception {
    int events = sendBacklog();
    StallingInterceptor.stallAfter(events / 3);

    try (SourceRun run = start(2, stallable())) {
      Await.until(() -> "no stall", StallingInterceptor::isStalling);
      kafka.stop();
      StallingInterceptor.release();
      outlastSilence();
      assertThat(run.recording().watermark()).isLessThan(NOW);

      kafka.start();
      run.awaitEvents(events);
      assertThat(run.recording().late()).isZero();
    } finally {
      kafka.start();
    }
  }

  @Test
  void followsTheClockAfterARestoreOnASilentTopic(@TempDir Path savepoints) throws Exception {
    kafka.createTopic(topic, 3);
    clicks.send(0, NOW - DAY);
    clicks.send(1, NOW - DAY);
    String savepoint;
    try (SourceRun run = start(2)) {
      run.awaitEvents(2);
      savepoint = run.stopWithSavepoint(savepoints);
    }
    String again = topic + "-restored";
    SourceRun.Plan plan =
        new SourceRun.Plan(
            again, source(), KafkaLocation.of(kafka.bootstrap()), clock, 2, savepoint);

    try (SourceRun run = SourceRun.start(flink, plan)) {
      long before = clock.calls();
      Await.until(() -> "no ticks", () -> clock.calls() > before + 20);
      assertThat(run.recording().watermark()).isEqualTo(PartitionProgress.NONE);
      // A task may begin to listen at any of these instants.
      Await.until(
          () -> "watermark %d".formatted(run.recording().watermark()),
          () -> {
            clock.advance(IDLE_AFTER);
            return run.recording().watermark() > NOW;
          });
      assertThat(run.recording().watermark()).isLessThan(clock.millis() - BEHIND);
      assertThat(run.recording().distinctEvents()).isZero();
    }
  }

  /** Ten times as long as a silence, in steps that each let the reader notice. */
  private void outlastSilence() {
    for (int i = 0; i < 10; i++) {
      clock.advance(IDLE_AFTER);
      clock.awaitCalls(20);
    }
  }

  private int sendBacklog() {
    kafka.createTopic(topic, 2);
    int events = 6_000;
    for (int i = 0; i < events; i++) {
      clicks.sendAsync(i % 2, NOW - 3 * DAY + i * (3 * DAY / events));
    }
    clicks.producer().flush();
    return events;
  }

  private static Map<String, String> stallable() {
    return Map.of(
        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, StallingInterceptor.class.getName(),
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "50",
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "2000");
  }

  private EventSource source() {
    return TestSources.clicks(POLICY, topic);
  }

  private SourceRun start(int parallelism) throws Exception {
    return start(parallelism, Map.of());
  }

  private SourceRun start(int parallelism, Map<String, String> properties) throws Exception {
    KafkaLocation location = KafkaLocation.of(kafka.bootstrap()).withProperties(properties);
    return SourceRun.start(
        flink, new SourceRun.Plan(topic, source(), location, clock, parallelism, null));
  }
}
