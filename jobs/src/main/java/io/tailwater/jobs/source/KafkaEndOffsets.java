// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * End offsets as Kafka's brokers tell them. The end is the high watermark, not the last stable
 * offset: records behind an open transaction are there and will come, so that they are a backlog.
 * Clients are made when the first question comes, since most readers never ask.
 */
final class KafkaEndOffsets implements EndOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEndOffsets.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final Properties properties;
  private final String clientId;
  private @Nullable Admin admin;
  private @Nullable GapProbe gaps;

  KafkaEndOffsets(String topic, Properties properties, String clientId) {
    this.topic = topic;
    this.properties = new Properties();
    this.properties.putAll(properties);
    this.properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    this.clientId = clientId;
  }

  @Override
  public Map<Integer, Long> readToEnd(Map<Integer, Long> positions) throws InterruptedException {
    Map<Integer, Long> ends = offsets(positions, OffsetSpec.latest());
    Map<Integer, Long> beginnings = offsets(ends, OffsetSpec.earliest());
    Map<Integer, Long> result = new HashMap<>();
    for (Map.Entry<Integer, Long> entry : ends.entrySet()) {
      int partition = entry.getKey();
      long end = entry.getValue();
      long position = positions.getOrDefault(partition, end);
      Long beginning = beginnings.get(partition);
      if (beginning != null) {
        // What retention has deleted is no backlog.
        long from = Math.max(position, beginning);
        result.put(partition, hasNoRecord(partition, from, end) ? position : end);
      }
    }
    return result;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
    if (gaps != null) {
      gaps.close();
    }
  }

  private boolean hasNoRecord(int partition, long from, long end) {
    if (from >= end) {
      return true;
    }
    if (gaps == null) {
      gaps = new GapProbe(properties, TIMEOUT);
    }
    return gaps.hasNoRecord(new TopicPartition(topic, partition), from, end);
  }

  private Map<Integer, Long> offsets(Map<Integer, Long> partitions, OffsetSpec spec)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.keySet().forEach(id -> request.put(new TopicPartition(topic, id), spec));
    ListOffsetsResult answer =
        admin()
            .listOffsets(
                request,
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
                    .timeoutMs((int) TIMEOUT.toMillis()));
    Map<Integer, Long> offsets = new HashMap<>();
    for (TopicPartition partition : request.keySet()) {
      try {
        offsets.put(partition.partition(), answer.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        // The partition is missing in the answer, and so it holds the watermark.
        LOG.debug("{}: no {} of {}", clientId, spec, partition, e);
      }
    }
    return offsets;
  }

  private Admin admin() {
    if (admin == null) {
      admin = Admin.create(properties);
    }
    return admin;
  }
}
