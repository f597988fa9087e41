// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/** Builds Flink's Kafka source for a source and its location. */
final class KafkaSources {
  private static final String DISCOVERY_INTERVAL_MILLIS = "30000";

  private KafkaSources() {}

  /**
   * The topic of a source.
   *
   * @throws IllegalArgumentException if it has none
   */
  static KafkaTopic topic(EventSource source) {
    KafkaTopic topic = source.kafka();
    if (topic == null) {
      throw new IllegalArgumentException(
          "source '%s' has no kafka block: only a file can feed it".formatted(source.name()));
    }
    return topic;
  }

  static KafkaSource<SourceElement> build(EventSource source, KafkaLocation location) {
    KafkaSourceBuilder<SourceElement> builder =
        builder(source, location, Long.MIN_VALUE).setStartingOffsets(start(source, location));
    switch (location.end()) {
      case NEVER -> {}
      case AT_START_OF_JOB -> builder.setBounded(OffsetsInitializer.latest());
      case AT_TIMESTAMP ->
          builder.setBounded(OffsetsInitializer.timestamp(requireNonNull(location.endTimestamp())));
    }
    return builder.build();
  }

  static KafkaSource<SourceElement> build(EventSource source, KafkaRangeLocation range) {
    String topic = topic(source).topic();
    return builder(source, range.kafka(), range.from())
        .setStartingOffsets(OffsetsInitializer.offsets(byPartition(topic, range.begins())))
        .setBounded(OffsetsInitializer.offsets(byPartition(topic, range.ends())))
        .build();
  }

  private static KafkaSourceBuilder<SourceElement> builder(
      EventSource source, KafkaLocation location, long from) {
    KafkaTopic topic = topic(source);
    return KafkaSource.<SourceElement>builder()
        .setTopics(topic.topic())
        .setProperties(clientProperties(source, location))
        .setDeserializer(
            new KafkaEventDeserializer(source, topic, from, location.schemaRegistry()));
  }

  private static Map<TopicPartition, Long> byPartition(String topic, Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> byPartition = new HashMap<>();
    offsets.forEach((id, offset) -> byPartition.put(new TopicPartition(topic, id), offset));
    return byPartition;
  }

  /** The location's client properties, over defaults; the servers are the location's own. */
  static Properties clientProperties(EventSource source, KafkaLocation location) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, "tailwater-" + source.name());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MILLIS);
    location.properties().forEach(properties::setProperty);
    properties.setProperty(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, location.bootstrapServers());
    return properties;
  }

  private static OffsetsInitializer start(EventSource source, KafkaLocation location) {
    KafkaLocation.Seam seam = location.seam();
    if (seam != null) {
      return OffsetsInitializer.offsets(byPartition(topic(source).topic(), seam.begins()));
    }
    Long timestamp = location.fromTimestamp();
    return timestamp == null
        ? OffsetsInitializer.earliest()
        : OffsetsInitializer.timestamp(timestamp);
  }
}
