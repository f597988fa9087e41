// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The Kafka cluster.
 *
 * @param bootstrap {@code host:port}, or several with commas
 * @param properties further properties of Kafka's clients, by their names there
 */
public record KafkaSettings(String bootstrap, Map<String, String> properties) {
  public KafkaSettings {
    requireNonNull(bootstrap, "bootstrap is null");
    properties = Map.copyOf(properties);
  }

  /** The same properties at another cluster. */
  public KafkaSettings withBootstrap(String newBootstrap) {
    return new KafkaSettings(newBootstrap, properties);
  }

  /** For people: secrets are left out. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, properties=%s]"
        .formatted(bootstrap, Secrets.redact(properties));
  }
}
