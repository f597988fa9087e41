// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshots of a table stay however old they are: those with a tag or on a branch, the
 * current one, and of the way to it as much as others look for something on it.
 *
 * <ul>
 *   <li>The watermark is in the newest snapshot that recorded one; a compaction records none.
 *   <li>So are the generation that the table belongs to, and what is complete from when.
 *   <li>A stream that goes on from a checkpoint asks its last snapshot whether that checkpoint was
 *       committed. If it were gone, the checkpoint's rows would be there twice.
 * </ul>
 */
final class SnapshotRetention {
  /** Of Iceberg's Flink sink, in the summary of each of its snapshots. */
  private static final String COMMITTED_CHECKPOINT = "flink.max-committed-checkpoint-id";

  private SnapshotRetention() {}

  /** So many snapshots on the way to the current one are needed, with that one; at least 1. */
  static int needed(Table table) {
    return Math.max(
        1,
        Stream.of(
                SnapshotWatermark.PROPERTY,
                SnapshotGeneration.PROPERTY,
                SnapshotCompleteness.PROPERTY,
                COMMITTED_CHECKPOINT)
            .mapToInt(property -> newestWith(table, property))
            .max()
            .orElse(1));
  }

  /** At which place on the way back from the current snapshot a property is first; 0 if nowhere. */
  private static int newestWith(Table table, String property) {
    int place = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      place++;
      if (snapshot.summary().containsKey(property)) {
        return place;
      }
    }
    return 0;
  }

  /** How many snapshots are due to go: older than an instant, and none of those that stay. */
  static long due(Table table, long olderThan, int needed) {
    Set<Long> staying = new HashSet<>();
    int seen = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (seen++ == needed) {
        break;
      }
      staying.add(snapshot.snapshotId());
    }
    for (SnapshotRef ref : table.refs().values()) {
      staying.add(ref.snapshotId());
      if (ref.isBranch() && !isCurrent(table, ref)) {
        SnapshotUtil.ancestorIdsBetween(ref.snapshotId(), null, table::snapshot)
            .forEach(staying::add);
      }
    }
    long due = 0;
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.timestampMillis() < olderThan && !staying.contains(snapshot.snapshotId())) {
        due++;
      }
    }
    return due;
  }

  private static boolean isCurrent(Table table, SnapshotRef ref) {
    Snapshot current = table.currentSnapshot();
    return current != null && ref.snapshotId() == current.snapshotId();
  }
}
