// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.source.StallingInterceptor;
import io.tailwater.jobs.topology.Mall.Cart;
import io.tailwater.jobs.topology.Shop.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of customers that go silent, over a real broker, by a clock that the test moves. */
class SilenceITCase extends KafkaOnFlink {
  private static final long LONG_SILENCE = 2 * Shop.HOUR;
  private static final long ALICE = 1;
  private static final long BOB = 2;

  @AfterEach
  void release() {
    StallingInterceptor.release();
  }

  @Test
  void countsNothingOnceOthersHaveMovedTime() throws Exception {
    kafka.createTopic(topic, 1);
    long bought = NOW - 3 * Shop.HOUR;
    send(List.of(new Order(ALICE, bought, 1.0), new Order(BOB, NOW - Shop.HOUR, 1.0)));

    try (ShopJob job = start(topic, Map.of(), null)) {
      job.awaitCount(ALICE, 0);
      assertThat(job.online(ALICE).eventTimestamp()).isEqualTo(bought + Shop.HOUR + 1);
      assertThat(job.online(ALICE).validUntil()).isEqualTo(bought + Shop.DAY + 1);
      job.awaitCount(BOB, 1);
    }
  }

  @Test
  void countsNothingOnceTheClockHasMovedTimeOnASilentTopic() throws Exception {
    kafka.createTopic(topic, 2);
    send(List.of(new Order(ALICE, NOW, 1.0)));

    try (ShopJob job = start(topic, Map.of(), null)) {
      job.awaitCount(ALICE, 1);
      clock.awaitCalls(20);
      clock.advance(LONG_SILENCE);
      job.awaitCount(ALICE, 0);
      assertThat(job.online(ALICE).eventTimestamp()).isEqualTo(NOW + Shop.HOUR + 1);
    }
  }

  @Test
  void countsNothingOnceTheClockHasMovedTimeAfterARestore(@TempDir Path savepoints)
      throws Exception {
    kafka.createTopic(topic, 2);
    send(List.of(new Order(ALICE, NOW, 1.0)));
    String savepoint;
    try (ShopJob job = start(topic, Map.of(), null)) {
      job.awaitCount(ALICE, 1);
      savepoint = job.stopWithSavepoint(savepoints);
    }

    try (ShopJob job = start(topic + "-restored", Map.of(), savepoint)) {
      clock.awaitCalls(20);
      assertThat(job.stores().online()).isEmpty();
      // A task may begin to listen at any of these instants.
      Await.until(
          () -> "customer: %s".formatted(job.online(ALICE)),
          () -> {
            clock.advance(Shop.POLICY.idleAfterMillis());
            return job.hasCount(ALICE, 0);
          });
      assertThat(job.online(ALICE).eventCount()).isEqualTo(1);
    }
  }

  @Test
  void aStallInABacklogMakesNoEventLate() throws Exception {
    List<Order> backlog = sendBacklog();
    StallingInterceptor.stallAfter(backlog.size() / 3);

    try (ShopJob job = start(topic, stallable(), null)) {
      Await.until(() -> "no stall", StallingInterceptor::isStalling);
      clock.advance(10 * Shop.POLICY.idleAfterMillis());
      clock.awaitCalls(50);
      StallingInterceptor.release();

      long last = backlog.get(backlog.size() - 1).time();
      Naive naive = new Naive(backlog);
      Await.until(
          () -> "%d of %d events".formatted(job.stores().events(), backlog.size()),
          () -> job.stores().events() == backlog.size());
      clock.awaitCalls(20);
      clock.advance(Shop.POLICY.idleAfterMillis());
      Await.until(
          () -> "the watermark has not passed the backlog",
          () -> naive.hasRows(job.stores(), last));
      naive.checkOffline(job.stores(), last);
      assertThat(job.stores().deadLetters()).isEmpty();
      assertThat(job.stores().hasCorrections()).isFalse();
    }
  }

  @Test
  void aSilentSourceHoldsUpNoViewAndMakesNoEventLate() throws Exception {
    String carts = topic + "-carts";
    kafka.createTopic(topic, 1);
    kafka.createTopic(carts, 2);
    long opened = NOW - 2 * Shop.DAY;
    send(carts, List.of(new Cart((int) BOB, opened).bytes()));
    send(List.of(new Order(ALICE, NOW - 3 * Shop.HOUR, 1.0), new Order(BOB, NOW, 2.0)));

    try (ShopJob job =
        ShopJob.start(flink, kafka, ShopJob.Plan.of(topic, clock), Mall.ofActivity(topic, carts))) {
      Collected activity = job.stores();
      Await.until(
          () -> "vectors: %s".formatted(activity.online()),
          () -> activity.online().containsKey(BOB) && activity.online().containsKey(ALICE));
      // The only cart holds the watermark two days back.
      clock.awaitCalls(20);
      assertThat(activity.online().get(ALICE).values()[0]).isEqualTo(1L);

      Await.until(
          () -> "customer: %s".formatted(job.online(ALICE)),
          () -> {
            clock.advance(Shop.POLICY.idleAfterMillis());
            return job.hasCount(ALICE, 0);
          });
      long now = clock.millis();
      send(List.of(new Order(ALICE, now - Shop.POLICY.outOfOrdernessMillis(), 3.0)));
      send(carts, List.of(new Cart((int) ALICE, now).bytes()));
      Await.until(
          () -> "customer: %s".formatted(job.online(ALICE)),
          () -> job.online(ALICE).eventCount() == 3);
      assertThat(job.stores().deadLetters()).isEmpty();
      assertThat(job.stores().hasCorrections()).isFalse();
    }
  }

  /** Three days of events, those of a customer in one partition. */
  private List<Order> sendBacklog() {
    kafka.createTopic(topic, 2);
    int events = 3_000;
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      orders.add(new Order(i % 20, NOW - (events - i) * 3 * Shop.DAY / events, i / 100.0));
    }
    send(orders);
    return orders;
  }

  private void send(List<Order> orders) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      int partitions = producer.partitionsFor(topic).size();
      for (Order order : orders) {
        int partition = (int) (order.customer() % partitions);
        var unused = producer.send(new ProducerRecord<>(topic, partition, null, order.bytes()));
      }
    }
  }

  private void send(String to, List<byte[]> events) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      events.forEach(
          event -> {
            var unused = producer.send(new ProducerRecord<>(to, event));
          });
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, String> stallable() {
    return Map.of(
        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, StallingInterceptor.class.getName(),
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "50",
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "2000");
  }

  private ShopJob start(String name, Map<String, String> client, @Nullable String savepoint)
      throws Exception {
    return ShopJob.start(
        flink,
        kafka,
        ShopJob.Plan.of(topic, clock).named(name).withProperties(client).restoredFrom(savepoint));
  }
}
