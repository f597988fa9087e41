// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.embedded.Await;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

/** What is read of a real topic, transactions and ends included. */
class KafkaReadingITCase extends KafkaOnFlink {
  private static final long BEHIND = 5_000;
  private static final long IDLE_AFTER = 30_000;

  @Test
  void keepsPositionAndBytesOfWhatItRefuses() throws Exception {
    kafka.createTopic(topic, 1);
    try (Clicks clicks = clicks(null);
        SourceRun run = start(stream())) {
      clicks.send(0, NOW);
      clicks.sendGarbage(0);
      run.awaitEvents(2);

      SourceEvent good = run.recording().at(topic + "/0/0");
      assertThat(good.row()).containsExactly(Long.toString(NOW), NOW);
      assertThat(good.eventTime()).isEqualTo(NOW);
      SourceEvent bad = run.recording().at(topic + "/0/1");
      assertThat(bad.errorCode()).isEqualTo("UNDECODABLE");
      assertThat(bad.rawValue()).containsExactly(1);
    }
  }

  @Test
  void takesTransactionMarkersAndRolledBackRecordsForNoBacklog() throws Exception {
    kafka.createTopic(topic, 1);
    try (Clicks clicks = clicks("rolls-back");
        SourceRun run = start(stream())) {
      clicks.producer().beginTransaction();
      clicks.send(0, NOW - 60_000);
      clicks.producer().commitTransaction();
      clicks.producer().beginTransaction();
      clicks.send(0, NOW - 1);
      clicks.producer().abortTransaction();
      run.awaitWatermark(NOW - 60_000 - BEHIND - 1);

      clock.advance(IDLE_AFTER);
      run.awaitWatermark(NOW + IDLE_AFTER - BEHIND - 1);
      assertThat(run.recording().distinctEvents()).isEqualTo(1);
    }
  }

  @Test
  void takesAnOpenTransactionForABacklog() throws Exception {
    kafka.createTopic(topic, 1);
    try (Clicks open = clicks("stays-open");
        Clicks other = clicks(null);
        SourceRun run = start(stream())) {
      other.send(0, NOW - 60_000);
      open.producer().beginTransaction();
      open.send(0, NOW - 50_000);
      other.send(0, NOW - 40_000);
      run.awaitWatermark(NOW - 60_000 - BEHIND - 1);

      clock.advance(IDLE_AFTER);
      long before = clock.calls();
      Await.until(() -> "no ticks", () -> clock.calls() > before + 20);
      assertThat(run.recording().watermark()).isEqualTo(NOW - 60_000 - BEHIND - 1);

      open.producer().commitTransaction();
      run.awaitEvents(3);
      assertThat(run.recording().late()).isZero();
    }
  }

  @Test
  void endsWhereTheTopicEndedWhenTheJobStarted() throws Exception {
    kafka.createTopic(topic, 3);
    try (Clicks clicks = clicks(null)) {
      clicks.send(0, NOW - 5, NOW - 4);
      clicks.send(1, NOW - 3);

      try (SourceRun run = start(KafkaLocation.of(kafka.bootstrap()).endingAtStartOfJob())) {
        run.awaitEnd();
        assertThat(run.recording().distinctEvents()).isEqualTo(3);
        assertThat(run.recording().watermark()).isEqualTo(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void beginsAtATimestamp() throws Exception {
    kafka.createTopic(topic, 1);
    try (Clicks clicks = clicks(null)) {
      clicks.send(0, NOW - 5);
      long later = System.currentTimeMillis() + 1;
      Await.until(() -> "time stands still", () -> System.currentTimeMillis() > later);
      clicks.send(0, NOW - 4);

      KafkaLocation location =
          KafkaLocation.of(kafka.bootstrap()).startingAt(later).endingAtStartOfJob();
      try (SourceRun run = start(location)) {
        run.awaitEnd();
        assertThat(run.recording().distinctEvents()).isEqualTo(1);
        assertThat(run.recording().at(topic + "/0/1")).isNotNull();
      }
    }
  }

  private static KafkaLocation stream() {
    return KafkaLocation.of(kafka.bootstrap())
        .withProperties(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10"));
  }

  private Clicks clicks(String transactionalId) {
    return new Clicks(kafka.bootstrap(), topic, transactionalId);
  }

  private SourceRun start(KafkaLocation location) throws Exception {
    EventSource source =
        TestSources.clicks(new WatermarkPolicy(BEHIND, IDLE_AFTER, 0, 60_000), topic);
    return SourceRun.start(flink, new SourceRun.Plan(topic, source, location, clock, 2, null));
  }
}
