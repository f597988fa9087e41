// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the records of a topic between two offsets of each partition, in this process. */
final class KafkaRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private KafkaRecords() {}

  /** What is done with a record. */
  @FunctionalInterface
  interface Handler {
    void accept(ConsumerRecord<byte[], byte[]> kafkaRecord) throws IOException;
  }

  /**
   * Hands over each record, those of a partition in its order.
   *
   * @param properties of the client; no consumer group is joined
   * @param begins the offset of each partition's first record
   * @param ends the offset behind each partition's last record
   * @throws IOException if Kafka fails, or gives nothing for a minute before the ends
   */
  static void read(
      Properties properties,
      String topic,
      Map<Integer, Long> begins,
      Map<Integer, Long> ends,
      Handler records)
      throws IOException {
    Map<TopicPartition, Long> left = new HashMap<>();
    ends.forEach((partition, end) -> left.put(new TopicPartition(topic, partition), end));
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(properties)) {
      consumer.assign(left.keySet());
      left.keySet()
          .forEach(part -> consumer.seek(part, requireNonNull(begins.get(part.partition()))));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!reachedEnds(consumer, left)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.accept(record);
          deadline = System.nanoTime() + PATIENCE.toNanos();
        }
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "topic '%s': Kafka gave nothing for %s, before the ends of %s"
                  .formatted(topic, PATIENCE, left.keySet()));
        }
      }
    } catch (KafkaException e) {
      throw new IOException("topic '%s': %s".formatted(topic, e), e);
    }
  }

  /** Lets go of the partitions that have been read to their ends; true when none is left. */
  private static boolean reachedEnds(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> left) {
    if (left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue())) {
      consumer.assign(left.keySet());
    }
    return left.isEmpty();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Properties given) {
    Properties properties = new Properties();
    properties.putAll(given);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
