// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.SnapshotWatermark;
import java.util.OptionalLong;
import org.apache.iceberg.Table;

/** Up to which instant a table has every row, once a range of it was replaced. */
final class ReplaceWatermark {
  private ReplaceWatermark() {}

  /**
   * The table's watermark, or the end of the range if that is later and nothing is missing before
   * the range. A table without a watermark begins with the range.
   */
  static OptionalLong after(Table table, InstantRange range) {
    OptionalLong recorded = SnapshotWatermark.of(table);
    if (range.isEmpty() || range.to() == Long.MIN_VALUE) {
      return recorded;
    }
    if (recorded.isEmpty()) {
      return OptionalLong.of(range.to());
    }
    long known = recorded.getAsLong();
    return range.to() > known && range.from() <= known + 1 ? OptionalLong.of(range.to()) : recorded;
  }
}
