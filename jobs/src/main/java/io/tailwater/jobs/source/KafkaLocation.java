// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.definitions.settings.Secrets;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source's own Kafka topic.
 *
 * <p>Transactions are read as {@code read_committed} unless {@code properties} say otherwise: what
 * was rolled back never happened. An open transaction therefore holds what stands behind it in its
 * partition back, and the watermark with it.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param properties Kafka client properties, passed through
 * @param fromTimestamp the record timestamp, milliseconds since the epoch, to begin at when the job
 *     starts without restored state; null for the beginning of the topic
 * @param end where reading ends
 * @param endTimestamp with {@link End#AT_TIMESTAMP} the record timestamp, milliseconds since the
 *     epoch, before which reading ends; else null
 * @param seam where the topic goes on after history; null without history
 * @param schemaRegistry where the schemas of its records are; null without a registry
 */
public record KafkaLocation(
    String bootstrapServers,
    Map<String, String> properties,
    @Nullable Long fromTimestamp,
    End end,
    @Nullable Long endTimestamp,
    @Nullable Seam seam,
    @Nullable SchemaRegistrySettings schemaRegistry)
    implements SourceLocation {
  /** Where reading ends. */
  public enum End {
    /** Never: a stream. */
    NEVER,
    /** At the end offsets of the moment when the job starts. */
    AT_START_OF_JOB,
    /** Before the first record of a timestamp or later. */
    AT_TIMESTAMP
  }

  /**
   * Where a topic goes on after history.
   *
   * @param begins of each partition the offset to begin at
   * @param backlog of each partition that held more at the start the offset behind that: up to
   *     there events are as good as history, and no time passes
   * @param newest of each partition that is in history its newest event time there, in milliseconds
   *     since the epoch: so far it has come
   */
  public record Seam(
      Map<Integer, Long> begins, Map<Integer, Long> backlog, Map<Integer, Long> newest)
      implements Serializable {
    public Seam {
      begins = Map.copyOf(begins);
      backlog = Map.copyOf(backlog);
      newest = Map.copyOf(newest);
    }
  }

  public KafkaLocation {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    properties = Map.copyOf(properties);
    requireNonNull(end, "end is null");
    if ((end == End.AT_TIMESTAMP) != (endTimestamp != null)) {
      throw new IllegalArgumentException("end %s with timestamp %s".formatted(end, endTimestamp));
    }
  }

  /** The whole topic and what comes. */
  public static KafkaLocation of(String bootstrapServers) {
    return new KafkaLocation(bootstrapServers, Map.of(), null, End.NEVER, null, null, null);
  }

  /** The same with these client properties. */
  public KafkaLocation withProperties(Map<String, String> clientProperties) {
    return new KafkaLocation(
        bootstrapServers, clientProperties, fromTimestamp, end, endTimestamp, seam, schemaRegistry);
  }

  /** The same with this registry. */
  public KafkaLocation withSchemaRegistry(@Nullable SchemaRegistrySettings registry) {
    return new KafkaLocation(
        bootstrapServers, properties, fromTimestamp, end, endTimestamp, seam, registry);
  }

  /** The same after history, whole and without end. */
  KafkaLocation withSeam(Seam newSeam) {
    return new KafkaLocation(
        bootstrapServers, properties, null, End.NEVER, null, newSeam, schemaRegistry);
  }

  /** The same from the first record of {@code timestamp} (milliseconds) or later. */
  public KafkaLocation startingAt(long timestamp) {
    return new KafkaLocation(
        bootstrapServers, properties, timestamp, end, endTimestamp, null, schemaRegistry);
  }

  /** The same, bounded by what the topic holds when the job starts. */
  public KafkaLocation endingAtStartOfJob() {
    return new KafkaLocation(
        bootstrapServers,
        properties,
        fromTimestamp,
        End.AT_START_OF_JOB,
        null,
        null,
        schemaRegistry);
  }

  /** The same, bounded by the first record of {@code timestamp} (milliseconds) or later. */
  public KafkaLocation endingAt(long timestamp) {
    return new KafkaLocation(
        bootstrapServers,
        properties,
        fromTimestamp,
        End.AT_TIMESTAMP,
        timestamp,
        null,
        schemaRegistry);
  }

  /** For people: secrets are left out. */
  @Override
  public String toString() {
    return "KafkaLocation[%s, properties=%s, fromTimestamp=%s, end=%s, endTimestamp=%s, seam=%s, schemaRegistry=%s]"
        .formatted(
            bootstrapServers,
            Secrets.redact(properties),
            fromTimestamp,
            end,
            endTimestamp,
            seam,
            schemaRegistry);
  }
}
