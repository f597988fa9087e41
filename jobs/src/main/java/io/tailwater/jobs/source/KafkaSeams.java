// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Finds where a source's topic goes on after its history. */
public final class KafkaSeams {
  private KafkaSeams() {}

  /**
   * The topic from where history has come to.
   *
   * @param range what the topic holds, of {@link KafkaRanges}
   * @param reached for each partition that is in history the offset behind its last event there;
   *     the others are read from their beginnings
   * @param newest for each partition that is in history its newest event time there
   * @throws IllegalArgumentException if the source has no topic; if Kafka does not hold all that
   *     comes after history, or less than history does, saying of which partition
   */
  public static KafkaLocation resolve(
      EventSource source,
      KafkaRangeLocation range,
      Map<Integer, Long> reached,
      Map<Integer, Long> newest) {
    String topic = KafkaSources.topic(source).topic();
    Map<Integer, Long> begins = new TreeMap<>(range.begins());
    for (Map.Entry<Integer, Long> archived : reached.entrySet()) {
      int partition = archived.getKey();
      long offset = archived.getValue();
      Long begin = range.begins().get(partition);
      Long end = range.ends().get(partition);
      if (begin == null || end == null) {
        throw new IllegalArgumentException(
            "source '%s': the archive has events of partition %d of topic '%s', which has no such partition: expected the topic that was archived"
                .formatted(source.name(), partition, topic));
      }
      if (begin > offset) {
        throw new IllegalArgumentException(
            ("source '%s': topic '%s', partition %d begins at offset %d, and the archive ends before offset %d:"
                    + " the events between them are lost to this start."
                    + " Expected a start before Kafka deleted them. Fill the gap from elsewhere with --history %s=FILE,"
                    + " or start with --cold and without --history")
                .formatted(source.name(), topic, partition, begin, offset, source.name()));
      }
      if (offset > end) {
        throw new IllegalArgumentException(
            ("source '%s': topic '%s', partition %d ends at offset %d, and the archive goes to offset %d:"
                    + " the topic was made anew or cut. Expected the topic that was archived;"
                    + " or begin with --history %s=FILE")
                .formatted(source.name(), topic, partition, end, offset, source.name()));
      }
      begins.put(partition, offset);
    }
    Map<Integer, Long> backlog = new HashMap<>();
    range
        .ends()
        .forEach(
            (partition, end) -> {
              if (end > requireNonNull(begins.get(partition))) {
                backlog.put(partition, end);
              }
            });
    return range.kafka().withSeam(new KafkaLocation.Seam(begins, backlog, newest));
  }
}
