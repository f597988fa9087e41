// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.stores.OfflineRow;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * All rows of one key and event timestamp: those that a query gives now, and those that the offline
 * table has. Decides what is to be written and which row counts.
 */
final class RowGroup {
  /** The created timestamp of a row that a query gave: it has none yet. */
  static final long QUERIED = Long.MIN_VALUE;

  private final Comparator<OfflineRow> canonical;
  private @Nullable OfflineRow queried;
  private @Nullable OfflineRow stored;
  private int queriedRows;

  /**
   * @param canonical an order of rows by their content: of several rows that a query gives the
   *     least one counts, in whatever order it gives them
   */
  RowGroup(Comparator<OfflineRow> canonical) {
    this.canonical = canonical;
  }

  void add(OfflineRow row) {
    if (row.createdTimestamp() == QUERIED) {
      queriedRows++;
      queried = queried == null || canonical.compare(row, queried) < 0 ? row : queried;
    } else if (stored == null || row.createdTimestamp() > stored.createdTimestamp()) {
      stored = row;
    }
  }

  /**
   * What becomes of the group.
   *
   * @param now the clock, in milliseconds
   */
  Outcome outcome(long now) {
    if (queried == null || (stored != null && SameValues.in(queried.values(), stored.values()))) {
      return new Outcome(stored, null, queriedRows);
    }
    long created = stored == null ? now : Math.max(now, stored.createdTimestamp() + 1);
    OfflineRow row =
        new OfflineRow(queried.key(), queried.eventTimestamp(), created, queried.values());
    return new Outcome(row, row, queriedRows);
  }

  /**
   * What becomes of a group.
   *
   * @param counting the row that counts from now on; null only for no rows at all
   * @param written the row to add to the table; null if it has it already
   * @param queried how many rows the query gave
   */
  record Outcome(@Nullable OfflineRow counting, @Nullable OfflineRow written, int queried) {}
}
