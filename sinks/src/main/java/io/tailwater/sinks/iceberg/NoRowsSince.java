// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a commit whose rows were chosen by what a snapshot holds, if the table holds others by
 * now. Files that were only laid out anew, as by a compaction, and snapshots that record nothing
 * but a watermark are no change. Iceberg asks again in each attempt to commit.
 *
 * @param table its name, for the message
 * @param snapshotId the snapshot that was read; null if the table was empty
 */
record NoRowsSince(String table, @Nullable Long snapshotId)
    implements SnapshotAncestryValidator, Serializable {
  private static final List<String> CHANGED_FILES =
      List.of(
          SnapshotSummary.ADDED_FILES_PROP,
          SnapshotSummary.DELETED_FILES_PROP,
          SnapshotSummary.ADDED_DELETE_FILES_PROP,
          SnapshotSummary.REMOVED_DELETE_FILES_PROP);

  /**
   * @throws RowsChangedException if the table's rows are others, or it is not known
   */
  @Override
  public boolean validate(Iterable<Snapshot> newestFirst) {
    for (Snapshot snapshot : newestFirst) {
      if (snapshotId != null && snapshot.snapshotId() == snapshotId) {
        return true;
      }
      if (changesRows(snapshot)) {
        throw new RowsChangedException(table, found(snapshot));
      }
    }
    if (snapshotId == null) {
      return true;
    }
    throw new RowsChangedException(
        table,
        "snapshot %d, which this run has read, has expired or was rolled back"
            .formatted(snapshotId));
  }

  private static boolean changesRows(Snapshot snapshot) {
    return !DataOperations.REPLACE.equals(snapshot.operation())
        && CHANGED_FILES.stream().anyMatch(snapshot.summary()::containsKey);
  }

  private String found(Snapshot snapshot) {
    return "another run has changed its rows since this one read it (%s: %s added, %s deleted, at %s)"
        .formatted(
            snapshotId == null ? "it was empty" : "snapshot " + snapshotId,
            snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"),
            snapshot.summary().getOrDefault(SnapshotSummary.DELETED_RECORDS_PROP, "0"),
            Instant.ofEpochMilli(snapshot.timestampMillis()));
  }
}
