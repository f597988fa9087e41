// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions and topics days apart wait for each other in a backlog. */
class AlignmentITCase extends KafkaOnFlink {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private static final int EVENTS = 20_000;
  private static final WatermarkPolicy POLICY = new WatermarkPolicy(5_000, 30_000, DAY, 60_000);
  private static final Alignment A_DAY =
      new Alignment(Duration.ofDays(1), Duration.ofMillis(20), Duration.ofSeconds(3));

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPartitionOfTodayWaitsForTheOneOfLastWeek(int parallelism) throws Exception {
    kafka.createTopic(topic, 2);
    try (Clicks clicks = new Clicks(kafka.bootstrap(), topic, null)) {
      sendWeek(clicks, 0);
      sendToday(clicks, 1);
    }

    try (SourceRun run = start(parallelism, clicks("clicks", topic))) {
      run.awaitEvents(2 * EVENTS);
      assertThat(aheadOfDrift(run.recording(), topic + "/0/", topic + "/1/"))
          .as("events of today that came while the other partition was days behind")
          .isLessThan(EVENTS / 2);
      assertThat(run.recording().late()).isZero();
    }
  }

  @Test
  void aTopicOfTodayWaitsForTheOneOfLastWeekInItsGroup() throws Exception {
    String other = topic + "-today";
    kafka.createTopic(topic, 1);
    kafka.createTopic(other, 1);
    try (Clicks week = new Clicks(kafka.bootstrap(), topic, null);
        Clicks today = new Clicks(kafka.bootstrap(), other, null)) {
      sendWeek(week, 0);
      sendToday(today, 0);
    }

    try (SourceRun run = start(1, clicks("week", topic), clicks("today", other))) {
      run.awaitEvents(2 * EVENTS);
      assertThat(aheadOfDrift(run.recording(), topic + "/0/", other + "/0/"))
          .as("events of today that came while the other topic was days behind")
          .isLessThan(EVENTS / 2);
      assertThat(run.recording().late()).isZero();
    }
  }

  @Test
  void oneAtItsEndOrFromTheFutureIsNotWaitedFor() throws Exception {
    kafka.createTopic(topic, 4);
    try (Clicks clicks = new Clicks(kafka.bootstrap(), topic, null)) {
      clicks.send(0, NOW - 20 * DAY, NOW - 19 * DAY);
      clicks.send(1, NOW - DAY, NOW + 1_000 * DAY, NOW - HOUR);
      for (int i = 0; i < 1_000; i++) {
        clicks.sendAsync(2, NOW - 2 * DAY + i);
      }
      // The last partition stays empty.
    }

    try (SourceRun run = start(2, clicks("clicks", topic))) {
      run.awaitEvents(1_005);
      assertThat(run.recording().late()).isZero();
    }
  }

  /** Seven days in equal steps. */
  private static void sendWeek(Clicks clicks, int partition) {
    for (int i = 0; i < EVENTS; i++) {
      clicks.sendAsync(partition, NOW - 7 * DAY + 7 * DAY / EVENTS * i);
    }
  }

  private static void sendToday(Clicks clicks, int partition) {
    for (int i = 0; i < EVENTS; i++) {
      clicks.sendAsync(partition, NOW - HOUR + HOUR / EVENTS * i);
    }
  }

  /** How many events of one partition came while the other one was further behind than allowed. */
  private static long aheadOfDrift(Recording recording, String behind, String ahead) {
    long newest = Long.MIN_VALUE;
    long count = 0;
    for (String position : recording.positions()) {
      long time = recording.at(position).eventTime();
      if (position.startsWith(behind)) {
        newest = Math.max(newest, time);
      } else if (position.startsWith(ahead) && newest < time - A_DAY.maxDrift().toMillis()) {
        count++;
      }
    }
    return count;
  }

  private static EventSource clicks(String name, String topic) {
    return TestSources.clicks(name, POLICY, topic);
  }

  private SourceRun start(int parallelism, EventSource source, EventSource... others)
      throws Exception {
    Recording unused = Recording.of(topic).keepingOrder(true);
    KafkaLocation location =
        KafkaLocation.of(kafka.bootstrap())
            .withProperties(
                Map.of(
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "20",
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "2000"));
    return SourceRun.start(
        flink,
        new SourceRun.Plan(topic, source, location, clock, parallelism, null),
        A_DAY,
        others);
  }
}
