// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.sinks.FailsOnce;
import io.tailwater.sinks.TestJobs;
import io.tailwater.stores.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KafkaDeadLettersITCase {
  private static final int LETTERS = 300;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(TestJobs.PARALLELISM)
              .build());

  static EmbeddedKafka kafka;

  @TempDir Path checkpoints;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.create();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void noLetterIsLostWhenTheJobFailsInBetween() throws Exception {
    DeadLetterTopic.create(client(), "orders.dead-letters");
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    TestJobs.numbers(environment, LETTERS, 100)
        .map(Letters::atOffset)
        .uid("letters")
        .returns(TypeInformation.of(DeadLetter.class))
        .map(FailsOnce.atRecord("dead-letters-kafka", 90))
        .uid("fails-once")
        .returns(TypeInformation.of(DeadLetter.class))
        .sinkTo(KafkaDeadLetters.sink(client(), "orders.dead-letters"))
        .uid("dead-letters");

    environment.execute();

    assertThat(FailsOnce.failed("dead-letters-kafka")).isTrue();
    List<ConsumerRecord<byte[], byte[]>> records = read("orders.dead-letters");
    assertThat(records)
        .extracting(r -> headers(r).get("tailwater.position"))
        .containsAll(LongStream.range(0, LETTERS).mapToObj(n -> "orders/0/" + n).toList());
    assertThat(new TreeSet<>(records.stream().map(r -> new String(r.value(), UTF_8)).toList()))
        .hasSize(LETTERS);
  }

  @Test
  void aLetterKeepsItsBytesAndSaysWhy() throws Exception {
    byte[] value = {(byte) 0xff, 0, 7};
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    TestJobs.numbers(environment, 1, TestJobs.PARALLELISM)
        .map(number -> Letters.letter(value))
        .uid("letters")
        .returns(TypeInformation.of(DeadLetter.class))
        .sinkTo(KafkaDeadLetters.sink(client(), "carts.dead-letters"))
        .uid("dead-letters");

    DeadLetterTopic.create(client(), "carts.dead-letters");
    environment.execute();

    List<ConsumerRecord<byte[], byte[]>> records = read("carts.dead-letters");
    assertThat(records).hasSize(1);
    assertThat(DeadLetterHeaders.letter(records.get(0)).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(Letters.letter(value));
    assertThat(records.get(0).value()).isEqualTo(value);
    assertThat(records.get(0).key()).isEqualTo("k1".getBytes(UTF_8));
    assertThat(records.get(0).timestamp()).isEqualTo(1_767_225_601_000L);
    assertThat(headers(records.get(0)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "tailwater.source", "orders",
                "tailwater.view", "customer_behavior",
                "tailwater.code", "MISSING_KEY",
                "tailwater.message", "field 'customer_id' is missing: expected INT64",
                "tailwater.position", "orders/3/42",
                "tailwater.event_time", "2026-01-01T00:00:00.123Z",
                "tailwater.rejected_at", "2026-01-01T00:00:01Z"));
  }

  @Test
  void theTopicIsCreatedOnce() {
    DeadLetterTopic.create(client(), "twice.dead-letters");
    DeadLetterTopic.create(client(), "twice.dead-letters");

    assertThat(read("twice.dead-letters")).isEmpty();
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() {
    Map<String, String> nobody =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:1",
            "default.api.timeout.ms",
            "300",
            "request.timeout.ms",
            "300");

    assertThatThrownBy(() -> DeadLetterTopic.create(nobody, "orders.dead-letters"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContainingAll("'orders.dead-letters'", "127.0.0.1:1", "check that the broker");
  }

  private static Map<String, String> client() {
    return Map.of("bootstrap.servers", kafka.bootstrap());
  }

  /** Everything in the topic, up to the end that it has now. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> consumed) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : consumed.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }
}
