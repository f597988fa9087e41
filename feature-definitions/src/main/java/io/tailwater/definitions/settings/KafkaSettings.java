// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster.
 *
 * @param bootstrap {@code host:port}, or several with commas
 * @param properties further properties of Kafka's clients, by their names there
 * @param maxDriftMillis how far apart in event time, in milliseconds, partitions and the topics of
 *     one view are read in a backlog; positive; null for the job's default
 * @param schemaRegistry where the schemas of topics in the format {@code avro-confluent} are; null
 *     without one
 */
public record KafkaSettings(
    String bootstrap,
    Map<String, String> properties,
    @Nullable Long maxDriftMillis,
    @Nullable SchemaRegistrySettings schemaRegistry) {
  public KafkaSettings {
    requireNonNull(bootstrap, "bootstrap is null");
    properties = Map.copyOf(properties);
    if (maxDriftMillis != null && maxDriftMillis <= 0) {
      throw new IllegalArgumentException("max_drift: %d ms".formatted(maxDriftMillis));
    }
  }

  /** With the default drift, without a registry. */
  public KafkaSettings(String bootstrap, Map<String, String> properties) {
    this(bootstrap, properties, null, null);
  }

  /** The same properties at another cluster. */
  public KafkaSettings withBootstrap(String newBootstrap) {
    return new KafkaSettings(newBootstrap, properties, maxDriftMillis, schemaRegistry);
  }

  /** The same with another registry. */
  public KafkaSettings withSchemaRegistry(@Nullable SchemaRegistrySettings registry) {
    return new KafkaSettings(bootstrap, properties, maxDriftMillis, registry);
  }

  /** For people: secrets are left out. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, properties=%s, maxDriftMillis=%s, schemaRegistry=%s]"
        .formatted(bootstrap, Secrets.redact(properties), maxDriftMillis, schemaRegistry);
  }
}
