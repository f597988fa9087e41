// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.KafkaRangeLocation;
import io.tailwater.jobs.source.KafkaRanges;
import io.tailwater.jobs.source.KafkaScan;
import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchivedPartition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What Kafka, and an archive of it, knows of a source's events. */
final class KnownTopics {
  private KnownTopics() {}

  /**
   * What the source's topic holds now.
   *
   * @throws IOException if Kafka does not answer, or has no such topic
   */
  static KafkaRangeLocation held(EventSource source, Endpoints endpoints) throws IOException {
    return KafkaRanges.resolve(source, endpoints.topics(), null, null, Long.MIN_VALUE);
  }

  /**
   * The instant from which on all events of the topic are known; {@link Long#MIN_VALUE} if none of
   * them is missing.
   *
   * @param archived what an archive holds of its partitions
   */
  static long knownFrom(
      EventSource source,
      KafkaRangeLocation held,
      Map<Integer, ArchivedPartition> archived,
      EventClock clock)
      throws IOException {
    Map<Integer, Long> begins = new HashMap<>(held.begins());
    Map<Integer, Long> ends = new HashMap<>(held.ends());
    begins.keySet().removeAll(archived.keySet());
    ends.keySet().removeAll(archived.keySet());
    long from =
        KafkaScan.knownFrom(
            source, new KafkaRangeLocation(held.kafka(), begins, ends, Long.MIN_VALUE), clock);
    return Math.max(from, archivedFrom(source, archived));
  }

  /** The instant from which on all events of an archive's topic are in it; the same otherwise. */
  static long archivedFrom(EventSource source, ArchiveReader archive) {
    return archivedFrom(
        source,
        archive.partitions().getOrDefault(requireNonNull(source.kafka()).topic(), Map.of()));
  }

  private static long archivedFrom(EventSource source, Map<Integer, ArchivedPartition> archived) {
    long from = Long.MIN_VALUE;
    for (ArchivedPartition partition : archived.values()) {
      if (partition.firstOffset() > 0) {
        from = Math.max(from, partition.firstTime() + source.watermark().outOfOrdernessMillis());
      }
    }
    return from;
  }
}
