// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a table is taken care of.
 *
 * @param targetFileBytes how large compacted files are to be; null for the table's own {@code
 *     write.target-file-size-bytes}, which is 128 MB unless its owner has set another
 * @param minFiles so many files of a day make it worth to write them anew, unless they fill a whole
 *     one; at least 2
 * @param snapshotAge for how long a snapshot is kept after its commit: so far back goes {@code
 *     --as-known-at}, and so long may a backfill or a compaction take
 * @param orphanAge how old a file is that nothing refers to when it is taken for one that nobody
 *     will commit, and deleted; null to leave them all. Longer than whatever writes to the table
 *     takes to commit
 */
public record TableCareOptions(
    @Nullable Long targetFileBytes,
    int minFiles,
    Duration snapshotAge,
    @Nullable Duration orphanAge) {
  /** The table's file size, five files, a week for snapshots and for orphans. */
  public static final TableCareOptions DEFAULT =
      new TableCareOptions(null, 5, Duration.ofDays(7), Duration.ofDays(7));

  public TableCareOptions {
    requireNonNull(snapshotAge, "snapshotAge is null");
    if (targetFileBytes != null && targetFileBytes <= 0) {
      throw new IllegalArgumentException(
          "targetFileBytes: %d is not positive".formatted(targetFileBytes));
    }
    if (minFiles < 2) {
      throw new IllegalArgumentException("minFiles: %d is less than 2".formatted(minFiles));
    }
    if (snapshotAge.isNegative() || snapshotAge.isZero()) {
      throw new IllegalArgumentException("snapshotAge: %s is not positive".formatted(snapshotAge));
    }
    if (orphanAge != null && (orphanAge.isNegative() || orphanAge.isZero())) {
      throw new IllegalArgumentException("orphanAge: %s is not positive".formatted(orphanAge));
    }
  }

  /** The same with another size of files. */
  public TableCareOptions withTargetFileBytes(long bytes) {
    return new TableCareOptions(bytes, minFiles, snapshotAge, orphanAge);
  }

  /** The same with another number of files. */
  public TableCareOptions withMinFiles(int files) {
    return new TableCareOptions(targetFileBytes, files, snapshotAge, orphanAge);
  }

  /** The same keeping snapshots for another while. */
  public TableCareOptions withSnapshotAge(Duration age) {
    return new TableCareOptions(targetFileBytes, minFiles, age, orphanAge);
  }

  /** The same with another age of orphans; null leaves them. */
  public TableCareOptions withOrphanAge(@Nullable Duration age) {
    return new TableCareOptions(targetFileBytes, minFiles, snapshotAge, age);
  }
}
