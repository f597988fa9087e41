// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells whether a reader that stands before a partition's end has records to come, or only what no
 * reader gets to see: transactions' markers and rolled-back records. Not thread-safe.
 */
final class GapProbe implements AutoCloseable {
  private static final String FETCH_BYTES = "65536";
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration timeout;
  private final Map<TopicPartition, Gap> known = new HashMap<>();

  private record Gap(long from, long end) {}

  GapProbe(Properties clientProperties, Duration timeout) {
    this.timeout = timeout;
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Whether no record stands in [from, end); false also if that cannot be found out in time. */
  boolean hasNoRecord(TopicPartition partition, long from, long end) {
    Gap gap = known.get(partition);
    long start = gap != null && gap.from() == from ? gap.end() : from;
    if (start < end && !reaches(partition, start, end)) {
      return false;
    }
    known.put(partition, new Gap(from, end));
    return true;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private boolean reaches(TopicPartition partition, long start, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, start);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      if (!consumer.poll(POLL).isEmpty()) {
        return false;
      }
      if (consumer.position(partition, timeout) >= end) {
        return true;
      }
    }
    return false;
  }
}
