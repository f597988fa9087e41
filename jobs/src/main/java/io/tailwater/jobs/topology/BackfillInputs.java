// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a backfill reads its sources: from the files or the archive given here by the source's
 * name, all others from Kafka.
 *
 * @param files for a source its file, or a folder of files
 * @param archives the sources that are read from their archives
 * @param kafkaFrom the record timestamp in Kafka to begin at, in milliseconds; {@link
 *     Long#MIN_VALUE} for the beginning of the topics; null for as far back as windows reach
 * @param kafkaTo the record timestamp to end before; null for the ends of the topics at the start
 */
public record BackfillInputs(
    Map<String, Path> files,
    Set<String> archives,
    @Nullable Long kafkaFrom,
    @Nullable Long kafkaTo) {
  /**
   * @throws IllegalArgumentException if a source has both a file and its archive, or the timestamps
   *     are not in order
   */
  public BackfillInputs {
    files = Map.copyOf(files);
    archives = Set.copyOf(archives);
    Set<String> both = new HashSet<>(archives);
    both.retainAll(files.keySet());
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "sources %s: found a file and the archive, expected one of them".formatted(both));
    }
    if (kafkaFrom != null && kafkaTo != null && kafkaFrom > kafkaTo) {
      throw new IllegalArgumentException(
          "kafkaFrom %d is after kafkaTo %d".formatted(kafkaFrom, kafkaTo));
    }
  }

  /** Files alone, the other sources whole from Kafka. */
  public static BackfillInputs ofFiles(Map<String, Path> files) {
    return new BackfillInputs(files, Set.of(), null, null);
  }

  /** The same with these sources from their archives. */
  public BackfillInputs withArchives(Set<String> sources) {
    return new BackfillInputs(files, sources, kafkaFrom, kafkaTo);
  }

  /** The same with these bounds of record timestamps in Kafka. */
  public BackfillInputs withKafka(@Nullable Long newFrom, @Nullable Long newTo) {
    return new BackfillInputs(files, archives, newFrom, newTo);
  }
}
