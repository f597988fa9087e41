// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What has happened to a table since a run began.
 *
 * @param snapshots those after the one that it began with, the oldest first
 */
record TableHistory(List<Snapshot> snapshots) {

  /**
   * The history on the way to the table's current snapshot.
   *
   * @throws ReplaceConflictException if the snapshot that the run began with is not on that way
   */
  static TableHistory since(Table table, ReplaceRun run) {
    List<Snapshot> snapshots = new ArrayList<>();
    Long start = run.snapshotId();
    boolean found = start == null;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (start != null && snapshot.snapshotId() == start) {
        found = true;
        break;
      }
      snapshots.add(snapshot);
    }
    if (!found) {
      throw new ReplaceConflictException(
          table.name(),
          "snapshot %d, which the backfill began with, has expired or was rolled back meanwhile (snapshots must be kept for longer than a backfill takes)"
              .formatted(start),
          null);
    }
    Collections.reverse(snapshots);
    return new TableHistory(snapshots);
  }

  /** Whether the run has been committed. */
  boolean holds(ReplaceRun run) {
    return snapshots.stream().anyMatch(snapshot -> RunSummary.isOf(run, snapshot));
  }
}
