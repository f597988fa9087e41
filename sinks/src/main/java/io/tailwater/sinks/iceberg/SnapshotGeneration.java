// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The generation of the stream that writes a table, in the summaries of its snapshots: the stream's
 * start time, as in the online store's fence.
 */
final class SnapshotGeneration {
  /** The property of a snapshot's summary that holds it, in milliseconds since the epoch. */
  static final String PROPERTY = "tailwater.generation";

  private SnapshotGeneration() {}

  /**
   * The generation that the table belongs to: the one recorded last on the way to the current
   * snapshot. Empty if no stream has written it.
   */
  static OptionalLong of(Table table) {
    return newest(SnapshotUtil.currentAncestors(table));
  }

  /** The first one recorded in {@code newestFirst}; no later one is ever less. */
  static OptionalLong newest(Iterable<Snapshot> newestFirst) {
    for (Snapshot snapshot : newestFirst) {
      String generation = snapshot.summary().get(PROPERTY);
      if (generation != null) {
        return OptionalLong.of(Long.parseLong(generation));
      }
    }
    return OptionalLong.empty();
  }
}
