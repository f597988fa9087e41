// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.cli.replay.Values;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.replay.ReplayedEntity;
import io.tailwater.definitions.replay.StoredRow;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the stores have of one entity with its replay.
 *
 * @param view the view
 * @param key the entity's
 * @param replayed the entity by the events that count
 * @param knownFrom by feature, the first instant at which the events tell it in full
 */
record EntityCheck(
    FeatureView view, Object[] key, ReplayedEntity replayed, Map<String, Long> knownFrom) {
  private static final String ONLINE = "online";
  private static final String TABLE = "table";

  /**
   * The vector: right as of its instant, which is that of the newest event or later, and that of
   * the newest step that the watermark has reached or later.
   *
   * @param expired a vector as of before that instant, in milliseconds, may be gone
   */
  StoreTally online(@Nullable OnlineVector vector, long watermark, long expired) {
    StoreTally tally = new StoreTally(ONLINE);
    tally.entity();
    Long due = dueAsOf(watermark);
    if (vector == null) {
      if (due != null && due >= expired && isKnown(due, Map.of())) {
        tally.differs(problem(ONLINE, null, "no vector, due as of " + Values.instant(due)));
      }
      return tally;
    }
    long asOf = vector.eventTimestamp();
    if (due != null && asOf < due) {
      tally.differs(
          problem(
              ONLINE,
              asOf,
              "as of %s, due as of %s".formatted(Values.instant(asOf), Values.instant(due))));
      return tally;
    }
    long[] completeFrom = vector.completeFrom();
    StoredRow row = replayed.at(asOf).orElse(null);
    for (int i = 0; i < vector.values().length; i++) {
      boolean complete = completeFrom.length == 0 || completeFrom[i] <= asOf;
      compare(tally, i, asOf, complete, vector.values()[i], row);
    }
    return tally;
  }

  /**
   * The rows up to an instant, of those with one event timestamp the latest created: each right at
   * its instant, and one wherever one is due.
   */
  StoreTally table(List<OfflineRow> rows, long until, Map<String, Long> completeFrom) {
    StoreTally tally = new StoreTally(TABLE);
    tally.entity();
    NavigableMap<Long, OfflineRow> latest = latest(rows);
    latest
        .headMap(until, true)
        .values()
        .forEach(
            stored -> {
              long instant = stored.eventTimestamp();
              StoredRow row = replayed.at(instant).orElse(null);
              for (int i = 0; i < stored.values().length; i++) {
                boolean complete = completeFrom.getOrDefault(feature(i).name(), instant) <= instant;
                compare(tally, i, instant, complete, stored.values()[i], row);
              }
            });
    for (long instant : replayed.rows().headMap(until, true).keySet()) {
      if (!latest.containsKey(instant) && isKnown(instant, completeFrom)) {
        tally.differs(problem(TABLE, instant, "no row at " + Values.instant(instant)));
      }
    }
    return tally;
  }

  private void compare(
      StoreTally tally,
      int index,
      long instant,
      boolean complete,
      @Nullable Object stored,
      @Nullable StoredRow row) {
    Feature feature = feature(index);
    if (!complete || knownFrom.getOrDefault(feature.name(), Long.MIN_VALUE) > instant) {
      tally.incomplete();
      return;
    }
    tally.value();
    if (row == null) {
      tally.differs(
          problem(
              tally.store(),
              instant,
              "at %s, before the first event".formatted(Values.instant(instant))));
      return;
    }
    @Nullable Object expected = row.values()[index];
    if (!Values.same(stored, expected)) {
      tally.differs(
          new Difference(
              tally.store(),
              key,
              feature.name(),
              instant,
              Values.json(stored, feature.type()),
              Values.json(expected, feature.type()),
              "%s at %s: %s"
                  .formatted(
                      feature.name(),
                      Values.instant(instant),
                      Values.difference(stored, expected, feature.type()))));
    }
  }

  /** As of when the vector is, or of later; null if there should be none. */
  private @Nullable Long dueAsOf(long watermark) {
    Map.Entry<Long, StoredRow> step = replayed.rows().floorEntry(watermark);
    Long newest = replayed.eventTimes().stream().max(Long::compare).orElse(null);
    if (newest == null) {
      return null;
    }
    return step == null ? newest : (Long) Math.max(newest, step.getKey());
  }

  /** Whether all features are fully known at an instant, so that its row must be there. */
  private boolean isKnown(long instant, Map<String, Long> completeFrom) {
    return view.storedFeatures().stream()
        .map(Feature::name)
        .allMatch(
            name ->
                knownFrom.getOrDefault(name, Long.MIN_VALUE) <= instant
                    && completeFrom.getOrDefault(name, Long.MIN_VALUE) <= instant);
  }

  private Feature feature(int index) {
    return view.storedFeatures().get(index);
  }

  private Difference problem(String store, @Nullable Long instant, String text) {
    return new Difference(store, key, null, instant, null, null, text);
  }

  private static NavigableMap<Long, OfflineRow> latest(List<OfflineRow> rows) {
    NavigableMap<Long, OfflineRow> latest = new TreeMap<>();
    rows.forEach(
        row ->
            latest.merge(
                row.eventTimestamp(),
                row,
                (one, other) -> one.createdTimestamp() > other.createdTimestamp() ? one : other));
    return latest;
  }
}
