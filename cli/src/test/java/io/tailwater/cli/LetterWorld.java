// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.topology.StreamStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with a project of one source, and dead letters as its job writes them. */
final class LetterWorld implements AutoCloseable {
  static final String TOPIC = "orders";
  static final String DEAD_LETTERS = "orders.dead-letters";
  static final int PARTITIONS = 2;

  private final EmbeddedKafka kafka = EmbeddedKafka.create();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", kafka.bootstrap()),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  LetterWorld() {
    kafka.createTopic(TOPIC, PARTITIONS);
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  /** A project that counts orders. */
  static Path project(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": ["null", "string"], "default": null},
          {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: STRING}]}
        sources:
          - name: orders
            schema: order.avsc
            event_time: event_time
            event_id: [order_id]
            watermark: {out_of_orderness: 1s, idle_after: 2s, allowed_lateness: 1d, max_ahead: 1s}
            kafka: {topic: orders, format: json}
        feature_views:
          - name: spending
            entity: customer
            source: orders
            features:
              - {name: orders_7d, aggregate: "count(*)", window: 7d}
              - {name: spent_7d, aggregate: "sum(amount)", window: 7d}
              - {name: orders_3s, aggregate: "count(*)", window: 3s}
        """);
    return folder;
  }

  /** A letter; a null is a header that is missing. */
  void letter(String code, String view, String position, String eventTime, byte[] value)
      throws ExecutionException, InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(DEAD_LETTERS, "k".getBytes(UTF_8), value);
    header(letter, "source", "orders");
    header(letter, "view", view);
    header(letter, "code", code);
    header(letter, "message", "field 'amount': found secret-of-7, expected DOUBLE");
    header(letter, "position", position);
    header(letter, "event_time", eventTime);
    header(letter, "rejected_at", "2026-03-01T00:00:00Z");
    producer.send(letter).get();
  }

  void event(String json) throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(TOPIC, 0, null, json.getBytes(UTF_8))).get();
  }

  /** Sends it without waiting. */
  void send(int partition, String json) {
    producer.send(new ProducerRecord<>(TOPIC, partition, null, json.getBytes(UTF_8)));
  }

  static String order(String id, String customer, long time) {
    return "{\"order_id\": \"%s\", \"customer_id\": \"%s\", \"event_time\": %d, \"amount\": 10.0}"
        .formatted(id, customer, time);
  }

  /** A running stream of the project. */
  RunningPipeline stream(Path folder, Project project, EmbeddedRedis redis, EmbeddedFlink flink) {
    return stream(folder, project, redis, flink, Map.of());
  }

  /** The same with these properties of Kafka's clients. */
  RunningPipeline stream(
      Path folder,
      Project project,
      EmbeddedRedis redis,
      EmbeddedFlink flink,
      Map<String, String> client) {
    Settings settings =
        Settings.DEFAULT
            .withKafka(new KafkaSettings(kafka.bootstrap(), client))
            .withRedis(RedisSettings.of(redis.address()))
            .withWarehouse(folder.resolve("warehouse").toString())
            .withCheckpoints(
                new CheckpointSettings(folder.resolve("checkpoints").toString(), 1_000));
    return PipelineLauncher.start(flink, project, settings, Map.of(), StreamStart.DEFAULT, null, 1);
  }

  void createDeadLetters() {
    kafka.createTopic(DEAD_LETTERS, 1);
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    if (value != null) {
      letter.headers().add("tailwater." + name, value.getBytes(UTF_8));
    }
  }

  /** The records that the topic of orders has for who reads what is committed, or for all. */
  List<ConsumerRecord<byte[], byte[]>> orders(String isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", isolation),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  static String header(ConsumerRecord<byte[], byte[]> order, String name) {
    Header header = order.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  static String text(ConsumerRecord<byte[], byte[]> order) {
    return new String(order.value(), UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
