// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The vectors of a view by key and instant, whatever its keys and types, to the bit. */
final class StoredVectors {
  private static final int SHOWN = 5;

  private StoredVectors() {}

  /** The rows of the offline table as they stand there. */
  static List<OfflineRow> rows(Deployment deployment, Project project, FeatureView view)
      throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      return table.rows();
    }
  }

  /** Of the rows of one instant the latest created one counts. */
  static Map<List<Object>, SortedMap<Long, Object[]>> latest(List<OfflineRow> rows) {
    return createdUpTo(Long.MAX_VALUE, rows);
  }

  /** Of the rows of one instant that were created up to {@code known}, the latest one counts. */
  static Map<List<Object>, SortedMap<Long, Object[]>> createdUpTo(
      long known, List<OfflineRow> rows) {
    Map<List<Object>, SortedMap<Long, Object[]>> vectors = new HashMap<>();
    Map<List<Object>, Map<Long, Long>> created = new HashMap<>();
    for (OfflineRow row : rows) {
      List<Object> key = List.of(row.key());
      Map<Long, Long> own = created.computeIfAbsent(key, none -> new HashMap<>());
      long before = own.getOrDefault(row.eventTimestamp(), Long.MIN_VALUE);
      assertThat(row.createdTimestamp()).as("of two rows of %s", row).isNotEqualTo(before);
      if (row.createdTimestamp() <= known && row.createdTimestamp() > before) {
        own.put(row.eventTimestamp(), row.createdTimestamp());
        vectors
            .computeIfAbsent(key, none -> new TreeMap<>())
            .put(row.eventTimestamp(), row.values());
      }
    }
    return vectors;
  }

  /**
   * Takes out what corrections may leave: a row where {@code expected} has none that repeats the
   * one before it, so that the vector is as expected at every instant.
   *
   * @return how many there were
   */
  static long removeRepetitions(
      Map<List<Object>, SortedMap<Long, Object[]>> found,
      Map<List<Object>, SortedMap<Long, Object[]>> expected) {
    long removed = 0;
    for (Map.Entry<List<Object>, SortedMap<Long, Object[]>> entry : found.entrySet()) {
      Set<Long> due = expected.getOrDefault(entry.getKey(), Collections.emptySortedMap()).keySet();
      Object[] before = new Object[0];
      Iterator<Map.Entry<Long, Object[]>> rows = entry.getValue().entrySet().iterator();
      while (rows.hasNext()) {
        Map.Entry<Long, Object[]> row = rows.next();
        Object[] vector = row.getValue();
        if (!due.contains(row.getKey()) && NaiveViews.sameBits(vector, before)) {
          rows.remove();
          removed++;
        }
        before = vector;
      }
    }
    return removed;
  }

  /** Fails on a vector that is missing, that is too many or that differs. */
  static void assertSame(
      FeatureView view,
      String what,
      Map<List<Object>, SortedMap<Long, Object[]>> found,
      Map<List<Object>, SortedMap<Long, Object[]>> expected) {
    assertThat(found.keySet()).as("%s, %s", view.name(), what).isEqualTo(expected.keySet());
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, rows) ->
            Stream.concat(rows.keySet().stream(), found.get(key).keySet().stream())
                .distinct()
                .forEach(
                    instant -> {
                      Object[] right = rows.get(instant);
                      Object[] there = found.get(key).get(instant);
                      if (right == null || there == null || !NaiveViews.sameBits(there, right)) {
                        differences.add(text(view, key, instant, there, right));
                      }
                    }));
    assertThat(differences.stream().limit(SHOWN))
        .as("%s, %s: %d differences", view.name(), what, differences.size())
        .isEmpty();
  }

  /** What differs, feature by feature. */
  private static String text(
      FeatureView view, List<Object> key, long instant, Object[] found, Object[] expected) {
    if (found == null || expected == null) {
      return "%s at %d: found %s, expected %s"
          .formatted(key, instant, Arrays.toString(found), Arrays.toString(expected));
    }
    StringBuilder text = new StringBuilder("%s at %d:".formatted(key, instant));
    for (int i = 0; i < expected.length; i++) {
      Object[] one = {found[i]};
      Object[] other = {expected[i]};
      if (!NaiveViews.sameBits(one, other)) {
        String feature = view.features().get(i).name();
        text.append(" %s is %s, not %s;".formatted(feature, found[i], expected[i]));
      }
    }
    return text.toString();
  }
}
