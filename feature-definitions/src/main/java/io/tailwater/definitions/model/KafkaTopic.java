// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The Kafka topic of a source.
 *
 * @param topic its name
 * @param format how a record's value is encoded
 */
public record KafkaTopic(String topic, Format format) implements Serializable {
  /** The encodings of events. */
  public enum Format {
    /** Avro binary in the source's own schema, without a header. */
    AVRO,
    /** One JSON object a record; names as in the schema. */
    JSON
  }

  public KafkaTopic {
    requireNonNull(topic, "topic is null");
    requireNonNull(format, "format is null");
  }
}
