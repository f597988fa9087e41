// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.definitions.model.StoredView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * From when on the features of an offline table are fully known, in the summaries of its snapshots:
 * of each feature an instant, in milliseconds since the epoch, so that no row of it or a later one
 * was computed without events that count. {@link Long#MAX_VALUE}: none. A feature that is not named
 * is fully known in all rows.
 */
public final class SnapshotCompleteness {
  /**
   * The property of a snapshot's summary that holds it: {@code feature=instant,feature=instant}.
   */
  public static final String PROPERTY = "tailwater.complete-from";

  private static final long ALWAYS = Long.MIN_VALUE;

  private SnapshotCompleteness() {}

  /**
   * That of a snapshot: what was recorded last on the way to it.
   *
   * @param snapshotId null for a table without one
   */
  public static Map<String, Long> of(Table table, @Nullable Long snapshotId) {
    return snapshotId == null
        ? Map.of()
        : parse(recorded(SnapshotUtil.ancestorsOf(snapshotId, table::snapshot)));
  }

  /** That of the current snapshot. */
  static Map<String, Long> of(Table table) {
    return parse(recorded(table));
  }

  /** What was recorded last on the way to the current snapshot; null if nothing was. */
  static @Nullable String recorded(Table table) {
    return recorded(SnapshotUtil.currentAncestors(table));
  }

  /** The first one recorded in {@code newestFirst}; null if there is none. */
  static @Nullable String recorded(Iterable<Snapshot> newestFirst) {
    for (Snapshot snapshot : newestFirst) {
      String text = snapshot.summary().get(PROPERTY);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The property's value. */
  public static String text(Map<String, Long> completeFrom) {
    return new TreeMap<>(completeFrom)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  private static Map<String, Long> parse(@Nullable String text) {
    Map<String, Long> completeFrom = new HashMap<>();
    for (String entry : text == null || text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      completeFrom.put(entry.substring(0, equals), Long.parseLong(entry.substring(equals + 1)));
    }
    return completeFrom;
  }

  /**
   * When a stream that knows less writes on.
   *
   * @param stream of the stream's features that will have rows before they are fully known
   */
  static Map<String, Long> afterChange(Map<String, Long> table, Map<String, Long> stream) {
    Map<String, Long> after = new HashMap<>(table);
    stream.forEach((feature, instant) -> after.merge(feature, instant, Math::max));
    return after;
  }

  /**
   * When a new stream takes the table over: all rows behind the watermark are its own, whatever the
   * stream before knew.
   *
   * @param watermark of the table; empty if none was recorded
   * @param stream of the new stream's features that will have rows before they are fully known
   */
  static Map<String, Long> afterTakeover(
      Map<String, Long> table, OptionalLong watermark, Map<String, Long> stream) {
    Map<String, Long> behind = new HashMap<>(table);
    if (watermark.isPresent()) {
      long next = watermark.getAsLong() + 1;
      behind.replaceAll((feature, instant) -> Math.min(instant, next));
    }
    return afterChange(behind, stream);
  }

  /** The same under the names that features have now. */
  static Map<String, Long> renamed(Map<String, Long> table, StoredView view) {
    Map<String, Long> renamed = new HashMap<>(table);
    OfflineTables.formerNames(view)
        .forEach(
            (name, former) -> {
              Long instant = renamed.remove(former);
              if (instant != null) {
                renamed.putIfAbsent(name, instant);
              }
            });
    return renamed;
  }

  /**
   * When the rows of a range are replaced.
   *
   * @param from the first instant of the range
   * @param to the last one
   * @param written of the rows that come in
   */
  public static Map<String, Long> afterReplacement(
      Map<String, Long> table, long from, long to, Map<String, Long> written) {
    Map<String, Long> after = new HashMap<>();
    Set<String> features = new HashSet<>(table.keySet());
    features.addAll(written.keySet());
    for (String feature : features) {
      long instant =
          from > to
              ? table.getOrDefault(feature, ALWAYS)
              : afterReplacement(
                  table.getOrDefault(feature, ALWAYS),
                  from,
                  to,
                  written.getOrDefault(feature, ALWAYS));
      if (instant != ALWAYS) {
        after.put(feature, instant);
      }
    }
    return after;
  }

  /** The latest incomplete instant before, in and after the range decides. */
  private static long afterReplacement(long table, long from, long to, long written) {
    long behind = to == Long.MAX_VALUE ? to : to + 1;
    long within = written > from ? Math.min(written, behind) : ALWAYS;
    return table > behind ? table : Math.max(Math.min(table, from), within);
  }
}
