// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * How far a stream has come in a source's topic, as the offsets of its consumer group tell. It
 * commits them when a checkpoint is complete: what stands before them has been through the whole
 * job.
 */
public final class GroupOffsets {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private GroupOffsets() {}

  /**
   * By partition, the offset behind the last record that the stream has done with; empty if no
   * stream has committed any.
   *
   * @throws IOException if Kafka fails
   */
  public static Map<Integer, Long> of(EventSource source, KafkaLocation kafka) throws IOException {
    Properties properties = KafkaSources.clientProperties(source, kafka);
    properties.setProperty(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
    String group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
    String topic = KafkaSources.topic(source).topic();
    Map<Integer, Long> offsets = new HashMap<>();
    try (Admin admin = Admin.create(properties)) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, committed) -> {
                if (committed != null && partition.topic().equals(topic)) {
                  offsets.put(partition.partition(), committed.offset());
                }
              });
      return offsets;
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(
          "source '%s': cannot ask %s for the offsets of group '%s': %s"
              .formatted(source.name(), kafka.bootstrapServers(), group, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Kafka for offsets", e);
    }
  }
}
