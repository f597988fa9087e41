// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Builds Flink's Kafka source for a source and its location. */
final class KafkaSources {
  private static final String DISCOVERY_INTERVAL_MILLIS = "30000";

  private KafkaSources() {}

  static KafkaSource<SourceElement> build(
      EventSource source, KafkaTopic topic, KafkaLocation location) {
    KafkaSourceBuilder<SourceElement> builder =
        KafkaSource.<SourceElement>builder()
            .setTopics(topic.topic())
            .setProperties(clientProperties(source, location))
            .setDeserializer(new KafkaEventDeserializer(source, topic))
            .setStartingOffsets(start(location));
    switch (location.end()) {
      case NEVER -> {}
      case AT_START_OF_JOB -> builder.setBounded(OffsetsInitializer.latest());
      case AT_TIMESTAMP ->
          builder.setBounded(OffsetsInitializer.timestamp(requireNonNull(location.endTimestamp())));
    }
    return builder.build();
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

  private static OffsetsInitializer start(KafkaLocation location) {
    Long timestamp = location.fromTimestamp();
    return timestamp == null
        ? OffsetsInitializer.earliest()
        : OffsetsInitializer.timestamp(timestamp);
  }
}
