// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * The Kafka topic of a source.
 *
 * @param topic its name
 * @param format how a record's value is encoded
 * @param writerSchemas with {@link Format#AVRO_SINGLE_OBJECT} the Avro schemas, as JSON text, that
 *     events are written in beside the source's own; else empty
 */
public record KafkaTopic(String topic, Format format, List<String> writerSchemas)
    implements Serializable {
  /** The encodings of events. */
  public enum Format {
    /** Avro binary in the source's own schema, without a header. */
    AVRO,
    /**
     * Avro binary behind a byte 0 and four bytes of the writer's schema's id in a schema registry.
     */
    AVRO_CONFLUENT,
    /** Avro's single-object encoding: binary behind the fingerprint of the writer's schema. */
    AVRO_SINGLE_OBJECT,
    /** One JSON object a record; names as in the schema. */
    JSON
  }

  public KafkaTopic {
    requireNonNull(topic, "topic is null");
    requireNonNull(format, "format is null");
    writerSchemas = List.copyOf(writerSchemas);
  }

  /** A topic whose events are written in the source's own schema, or in a registry's. */
  public KafkaTopic(String topic, Format format) {
    this(topic, format, List.of());
  }
}
