// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.replay.StoredRow;
import io.tailwater.stores.OfflineRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the offline tables have of an entity.
 *
 * @param rows by view, in any order
 * @param watermarks by view, how far the table has come, in milliseconds; missing if it has not
 *     said
 * @param problem why they were not read; null if they were
 */
record TableContents(
    Map<String, List<OfflineRow>> rows, Map<String, Long> watermarks, @Nullable String problem) {
  private static final Comparator<OfflineRow> NEWEST =
      Comparator.comparingLong(OfflineRow::eventTimestamp)
          .thenComparingLong(OfflineRow::createdTimestamp);

  static TableContents unread(String problem) {
    return new TableContents(Map.of(), Map.of(), problem);
  }

  /** The row that holds at an instant: the latest one, and of its corrections the last. */
  Optional<StoredRow> rowAt(StoredView view, long instant) {
    return rows.getOrDefault(view.name(), List.of()).stream()
        .filter(row -> row.eventTimestamp() <= instant)
        .max(NEWEST)
        .map(row -> new StoredRow(row.eventTimestamp(), row.values()));
  }

  /** Whether the view's table has all rows up to an instant. */
  boolean hasComeTo(StoredView view, long instant) {
    Long watermark = watermarks.get(view.name());
    return watermark == null || watermark >= instant;
  }
}
