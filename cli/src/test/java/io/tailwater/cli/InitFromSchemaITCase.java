// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A schema, a project made of it, and a stream of its topic without an edit. */
class InitFromSchemaITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Payment", "fields": [
        {"name": "payment_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "amount", "type": "double"},
        {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  @TempDir private Path folder;

  @Test
  void aStreamOfItsTopicRunsAtOnce() throws Exception {
    Path schema = Files.writeString(folder.resolve("payment.avsc"), SCHEMA);
    Path project = folder.resolve("payments");
    Command init = Command.run("init", project, "--avro", schema);
    assertThat(init.exitCode()).as(init.err()).isZero();

    long now = System.currentTimeMillis();
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      kafka.createTopic("payment", 2);
      send(
          kafka.bootstrap(), payment("a", 7, 1.5, now - 2_000), payment("b", 7, 2.25, now - 1_000));
      CompletableFuture<Command> ended = new CompletableFuture<>();
      Thread stream =
          new Thread(
              () ->
                  ended.complete(
                      Command.run(
                          "stream",
                          "--definitions",
                          project,
                          "--kafka",
                          kafka.bootstrap(),
                          "--redis",
                          redis.address(),
                          "--warehouse",
                          folder.resolve("warehouse"),
                          "--checkpoints",
                          folder.resolve("checkpoints"))));
      stream.start();
      try {
        awaitVector(client, ended);
      } finally {
        stream.interrupt();
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static void awaitVector(RedisClient client, CompletableFuture<Command> ended) {
    String key = "payments:customer_activity:7";
    Await.until(
        () -> "found %s, and the stream %s".formatted(client.hgetAll(key), ended),
        () -> ended.isDone() || "3.75".equals(client.hget(key, "amount_sum_30d")));
    assertThat(ended).as("the stream goes on").isNotDone();
    assertThat(client.hgetAll(key))
        .containsEntry("events_30d", "2")
        .containsEntry("amount_max_7d", "2.25");
  }

  private static GenericRecord payment(String id, long customer, double amount, long time) {
    return new GenericRecordBuilder(new Schema.Parser().parse(SCHEMA))
        .set("payment_id", id)
        .set("customer_id", customer)
        .set("amount", amount)
        .set("event_time", time)
        .build();
  }

  private static void send(String bootstrap, GenericRecord... records) throws IOException {
    Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (GenericRecord record : records) {
        producer.send(new ProducerRecord<>("payment", bytes(record)));
      }
    }
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
