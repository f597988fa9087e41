// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.Alignment;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.topology.Shop.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Partitions that share nothing but a topic, over a real broker and the real graph in two tasks:
 * none of an event's neighbours makes it late, and the table is that of a recomputation.
 */
class PartitionsITCase extends KafkaOnFlink {
  private static final int TICKS = 40;
  private static final long BEHIND = Shop.POLICY.outOfOrdernessMillis();
  private static final long IDLE_AFTER = Shop.POLICY.idleAfterMillis();

  /** Small fetches, so that partitions take turns. */
  private static final Map<String, String> IN_TURNS =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "50",
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4000");

  @TempDir private Path directory;

  private final List<Order> orders = new ArrayList<>();

  @Test
  void daysApartInABacklogMakeNoEventLate() throws Exception {
    kafka.createTopic(topic, 5);
    Alignment aDayApart =
        new Alignment(Duration.ofDays(1), Duration.ofMillis(20), Duration.ofMillis(300));
    try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic)) {
      // Last week, today, three days and ten days ago; and one that nobody ever writes to.
      kafkaTopic.send(0, orders(0, NOW - 7 * Shop.DAY, NOW - Shop.DAY, 600));
      kafkaTopic.send(1, orders(1, NOW - Shop.HOUR, NOW - 1, 600));
      kafkaTopic.send(2, orders(2, NOW - 3 * Shop.DAY, NOW - 2 * Shop.DAY, 600));
      kafkaTopic.send(3, orders(3, NOW - 10 * Shop.DAY, NOW - 9 * Shop.DAY, 200));

      try (ShopJob job = start(aDayApart)) {
        awaitEvents(job);
        moveToSilence();
        check(job);
      }
    }
  }

  @Test
  void oneThatStartsLateHasItsEventsInTime() throws Exception {
    kafka.createTopic(topic, 4);
    try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic)) {
      kafkaTopic.send(0, orders(0, NOW - 2 * Shop.DAY, NOW - 1, 300));
      kafkaTopic.send(1, orders(1, NOW - Shop.DAY, NOW - 1, 300));

      try (ShopJob job = start(Alignment.DEFAULT)) {
        awaitEvents(job);
        moveToSilence();
        job.awaitWatermark(clock.millis() - BEHIND - 1);

        clock.advance(Shop.HOUR);
        sendAsTimePasses(kafkaTopic, job, 2, 3);
        moveToSilence();
        check(job);
      }
    }
  }

  @Test
  void idleOnesWakeUpWithoutALateEvent() throws Exception {
    kafka.createTopic(topic, 3);
    try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic)) {
      kafkaTopic.send(0, orders(0, NOW - Shop.DAY, NOW, 100));
      kafkaTopic.send(1, orders(1, NOW - Shop.DAY, NOW, 100));
      kafkaTopic.send(2, orders(2, NOW - Shop.DAY, NOW, 100));

      try (ShopJob job = start(Alignment.DEFAULT)) {
        awaitEvents(job);
        for (int busy = 0; busy < 3; busy++) {
          moveToSilence();
          clock.advance(Shop.HOUR);
          sendAsTimePasses(kafkaTopic, job, busy);
        }
        moveToSilence();
        check(job);
      }
    }
  }

  private ShopJob start(Alignment alignment) throws Exception {
    return ShopJob.start(
        flink,
        kafka,
        ShopJob.Plan.of(topic, clock).withProperties(IN_TURNS).withAlignment(alignment));
  }

  /** Orders of four customers that no other partition has, in equal steps of time. */
  private List<Order> orders(int partition, long from, long to, int count) {
    List<Order> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long time = from + (to - from) * i / (count - 1);
      made.add(new Order(10L * partition + i % 4, time, i / 100.0));
    }
    orders.addAll(made);
    return made;
  }

  /** Events as old as they may be when the clock tells the time, for longer than a silence. */
  private void sendAsTimePasses(ShopTopic kafkaTopic, ShopJob job, int... partitions) {
    for (long passed = 0; passed < 2 * IDLE_AFTER; passed += BEHIND) {
      clock.advance(BEHIND);
      for (int partition : partitions) {
        kafkaTopic.send(partition, orders(partition, clock.millis() - BEHIND, clock.millis(), 20));
      }
      awaitEvents(job);
    }
  }

  private void awaitEvents(ShopJob job) {
    Await.until(
        () -> "%d of %d events".formatted(job.stores().events(), orders.size()),
        () -> job.stores().events() == orders.size());
  }

  /** All partitions have been silent for long enough, and the readers have seen it. */
  private void moveToSilence() {
    clock.awaitCalls(TICKS);
    clock.advance(IDLE_AFTER);
    clock.awaitCalls(TICKS);
  }

  private void check(ShopJob job) throws Exception {
    long end = clock.millis() - BEHIND - 1;
    job.awaitWatermark(end);
    job.stopWithSavepoint(directory);

    assertThat(job.stores().deadLetters()).isEmpty();
    assertThat(job.stores().hasCorrections()).isFalse();
    ViewAccounting accounting = job.accounting();
    assertThat(accounting.count(Verdict.APPLIED)).isEqualTo(orders.size());
    assertThat(accounting.isBalanced()).isTrue();
    Naive naive = new Naive(orders.stream().sorted(Comparator.comparing(Order::time)).toList());
    naive.checkOffline(job.stores(), end);
    naive.checkOnline(job.stores(), end);
  }
}
