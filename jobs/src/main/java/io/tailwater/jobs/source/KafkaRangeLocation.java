// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a source's Kafka topic held between two offsets of each partition. Bounded, and for batch
 * mode: there is no watermark before the end.
 *
 * @param kafka the cluster; its own bounds do not count
 * @param begins the offset of each partition's first record
 * @param ends the offset behind each partition's last record
 * @param from events before that time, in milliseconds since the epoch, are passed over and count
 *     nowhere; {@link Long#MIN_VALUE} for none
 */
public record KafkaRangeLocation(
    KafkaLocation kafka, Map<Integer, Long> begins, Map<Integer, Long> ends, long from)
    implements SourceLocation {
  public KafkaRangeLocation {
    requireNonNull(kafka, "kafka is null");
    begins = Map.copyOf(begins);
    ends = Map.copyOf(ends);
    if (!begins.keySet().equals(ends.keySet())) {
      throw new IllegalArgumentException("begins %s and ends %s".formatted(begins, ends));
    }
  }

  /** How many records there are at most. */
  public long recordCount() {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - requireNonNull(begins.get(end.getKey())))
        .sum();
  }
}
