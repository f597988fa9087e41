// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which snapshots of a table stay however old they are: those with a tag or on a branch, the
 * current one, and of the way to it as much as others look for something on it.
 *
 * <ul>
 *   <li>The watermark is in the newest snapshot that recorded one; a compaction records none.
 *   <li>So is the generation that the table belongs to.
 *   <li>What is complete from when is recorded seldom: it is recorded anew, so that it keeps no
 *       others.
 *   <li>A stream that goes on from a checkpoint asks its last snapshot whether that checkpoint was
 *       committed. If it were gone, the checkpoint's rows would be there twice.
 * </ul>
 */
final class SnapshotRetention {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRetention.class);

  /** Of Iceberg's Flink sink, in the summary of each of its snapshots. */
  private static final String COMMITTED_CHECKPOINT = "flink.max-committed-checkpoint-id";

  private SnapshotRetention() {}

  /**
   * Records anew what is complete from when, if that keeps snapshots that nothing else needs.
   * Whoever commits at the same time goes first.
   */
  static void renew(Table table) {
    String completeness = SnapshotCompleteness.recorded(table);
    if (completeness == null
        || newestWith(table, SnapshotCompleteness.PROPERTY) <= neededByOthers(table)) {
      return;
    }
    try {
      table
          .newAppend()
          .set(SnapshotCompleteness.PROPERTY, completeness)
          .validateWith(NothingRecordedSince.on(table))
          .commit();
    } catch (ValidationException e) {
      LOG.info("{} is not recorded anew: {}", SnapshotCompleteness.PROPERTY, e.getMessage());
    }
  }

  /** So many snapshots on the way to the current one are needed, with that one; at least 1. */
  static int needed(Table table) {
    return Math.max(neededByOthers(table), newestWith(table, SnapshotCompleteness.PROPERTY));
  }

  private static int neededByOthers(Table table) {
    return Stream.of(SnapshotWatermark.PROPERTY, SnapshotGeneration.PROPERTY, COMMITTED_CHECKPOINT)
        .mapToInt(property -> newestWith(table, property))
        .reduce(1, Math::max);
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
