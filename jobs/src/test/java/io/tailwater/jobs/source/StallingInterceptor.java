// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer's fetch that stalls with the broker in reach: after a number of records, consumers get
 * no more until released. The one that looks for gaps is left alone.
 */
public final class StallingInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  private static final AtomicInteger ALLOWED = new AtomicInteger(Integer.MAX_VALUE);

  private boolean stalls;

  public static void stallAfter(int records) {
    ALLOWED.set(records);
  }

  public static void release() {
    ALLOWED.set(Integer.MAX_VALUE);
  }

  public static boolean isStalling() {
    return ALLOWED.get() <= 0;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    stalls = !String.valueOf(configs.get(ConsumerConfig.CLIENT_ID_CONFIG)).startsWith("progress-");
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    while (stalls && isStalling() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
    ALLOWED.addAndGet(-records.count());
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Commits do not stall.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
