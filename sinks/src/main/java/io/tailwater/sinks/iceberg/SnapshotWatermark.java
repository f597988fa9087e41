// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** The watermark in the summaries of a table's snapshots. */
public final class SnapshotWatermark {
  /** The property of a snapshot's summary that holds it, in milliseconds since the epoch. */
  public static final String PROPERTY = "tailwater.watermark";

  private SnapshotWatermark() {}

  /**
   * The watermark of the current snapshot: the newest one recorded on the way to it, since a
   * compaction or another engine's commit records none. Empty if there is none.
   */
  public static OptionalLong of(Table table) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      String watermark = snapshot.summary().get(PROPERTY);
      if (watermark != null) {
        return OptionalLong.of(Long.parseLong(watermark));
      }
    }
    return OptionalLong.empty();
  }
}
