// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tailwater.jobs.historical.join.JoinedView;
import io.tailwater.jobs.historical.join.TableRows;
import io.tailwater.sinks.iceberg.IcebergTypes;
import io.tailwater.stores.offline.OfflineSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A view's offline table as a training set reads it.
 *
 * @param table the table
 * @param snapshot Iceberg's id of the snapshot to read; null if there was none
 */
record ViewTable(Table table, @Nullable Long snapshot) {

  /** The table as it is now. */
  static ViewTable current(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    return new ViewTable(table, snapshot == null ? null : snapshot.snapshotId());
  }

  /**
   * The table as it was.
   *
   * @param millis the instant, milliseconds since the epoch
   * @throws IllegalArgumentException if the snapshot that was current then has expired
   */
  static ViewTable asOf(Table table, long millis) {
    HistoryEntry then = null;
    for (HistoryEntry entry : table.history()) {
      if (entry.timestampMillis() <= millis) {
        then = entry;
      }
    }
    if (then != null && table.snapshot(then.snapshotId()) != null) {
      return new ViewTable(table, then.snapshotId());
    }
    if (then == null && !hasLostHistory(table)) {
      return new ViewTable(table, null);
    }
    throw new IllegalArgumentException(
        "table %s: the snapshot that was current at %s has expired; the oldest one that is left is of %s: give a later --as-known-at, and keep snapshots for longer or tag those that you need"
            .formatted(table.name(), Instant.ofEpochMilli(millis), oldest(table)));
  }

  /** Expiry takes the log's entries with the snapshots: then the oldest one left had a parent. */
  private static boolean hasLostHistory(Table table) {
    if (table.history().isEmpty()) {
      return false;
    }
    Snapshot first = table.snapshot(table.history().get(0).snapshotId());
    return first == null || first.parentId() != null;
  }

  private static String oldest(Table table) {
    return table.history().stream()
        .filter(entry -> table.snapshot(entry.snapshotId()) != null)
        .map(entry -> Instant.ofEpochMilli(entry.timestampMillis()).toString())
        .findFirst()
        .orElse("none");
  }

  /** What of the view is not in the table as it is defined, a message each. */
  List<String> problems(JoinedView view) {
    List<String> problems = new ArrayList<>();
    for (String column : TableRows.columns(view)) {
      if (TableRows.find(view, table.schema(), column) == null) {
        problems.add(
            "view '%s': table %s has no column '%s': start the stream or a backfill with these definitions, which adds it, or leave the feature out"
                .formatted(view.name(), table.name(), column));
      }
    }
    for (int i = 0; i < view.features().size(); i++) {
      Types.NestedField found = TableRows.find(view, table.schema(), view.features().get(i));
      String expected = IcebergTypes.of(view.types().get(i)).toString();
      if (found != null && !found.type().toString().equals(expected)) {
        problems.add(
            "view '%s': column '%s' of table %s is %s, expected %s"
                .formatted(view.name(), found.name(), table.name(), found.type(), expected));
      }
    }
    return problems;
  }

  /**
   * What rows some labels can see at all, for Iceberg to leave files out by.
   *
   * @param earliest the labels' earliest instant, in milliseconds
   * @param latest the latest one
   * @param knownAt rows created after it do not count
   */
  static List<Expression> filters(JoinedView view, long earliest, long latest, long knownAt) {
    List<Expression> filters = new ArrayList<>();
    filters.add(
        Expressions.lessThanOrEqual(OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(latest)));
    Long ttl = view.ttlMillis();
    if (ttl != null && earliest - ttl < earliest) {
      filters.add(
          Expressions.greaterThanOrEqual(
              OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(earliest - ttl)));
    }
    if (knownAt != Long.MAX_VALUE) {
      filters.add(
          Expressions.lessThanOrEqual(
              OfflineSchema.CREATED_TIMESTAMP, MILLISECONDS.toMicros(knownAt)));
    }
    return filters;
  }
}
