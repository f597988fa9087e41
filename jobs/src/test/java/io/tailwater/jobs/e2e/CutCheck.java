// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether the stores hold what the whole log says, recomputed. */
final class CutCheck {
  private CutCheck() {}

  static void all(CutSetup setup) throws IOException {
    for (int i = 0; i < setup.copies(); i++) {
      FeatureView view = setup.view(i);
      Map<Long, NaiveViews> truth = setup.log().truth(view, setup.log().size());
      offline(setup, view, truth);
      online(setup, i, truth);
    }
  }

  /** Of the first copy, once it has read so many lines, the rows from an instant on. */
  static void offline(CutSetup setup, int lines, long from) throws IOException {
    FeatureView view = setup.view(0);
    offline(setup, view, setup.log().truth(view, lines), from, setup.log().watermark(lines));
  }

  private static void offline(CutSetup setup, FeatureView view, Map<Long, NaiveViews> truth)
      throws IOException {
    offline(setup, view, truth, Long.MIN_VALUE, setup.log().watermark(setup.log().size()));
  }

  private static void offline(
      CutSetup setup, FeatureView view, Map<Long, NaiveViews> truth, long from, long end)
      throws IOException {
    Map<List<Object>, SortedMap<Long, Object[]>> expected = new HashMap<>();
    truth.forEach(
        (customer, views) -> {
          SortedMap<Long, Object[]> rows = new TreeMap<>(views.rows(end).tailMap(from));
          if (!rows.isEmpty()) {
            expected.put(List.of(customer), rows);
          }
        });
    Map<List<Object>, SortedMap<Long, Object[]>> found =
        StoredVectors.latest(
            StoredVectors.rows(setup.deployment(), setup.project(), view).stream()
                .filter(row -> row.eventTimestamp() >= from)
                .toList());
    StoredVectors.removeRepetitions(found, expected);
    StoredVectors.assertSame(view, "offline", found, expected);
  }

  private static void online(CutSetup setup, int index, Map<Long, NaiveViews> truth) {
    Map<Long, OnlineVector> online = setup.online(index);
    assertThat(online.keySet()).as("customers of copy %d", index).isEqualTo(truth.keySet());
    truth.forEach(
        (customer, views) -> {
          OnlineVector vector = online.get(customer);
          String what = "copy %d, customer %d".formatted(index, customer);
          long asOf = lastStep(setup.log(), customer, views);
          assertThat(vector.eventTimestamp()).as(what).isEqualTo(asOf);
          assertThat(NaiveViews.sameBits(vector.values(), views.at(asOf)))
              .as("%s: %s", what, Arrays.toString(vector.values()))
              .isTrue();
        });
  }

  /** The newest event, or the newest step that the watermark has reached. */
  private static long lastStep(CutLog log, long customer, NaiveViews views) {
    long watermark = log.watermark(log.size());
    long newestEvent =
        log.lines().stream()
            .filter(line -> line.customer() == customer)
            .mapToLong(CutLog.Line::time)
            .max()
            .orElseThrow();
    return views.steps().stream().filter(step -> step <= watermark).reduce(newestEvent, Math::max);
  }
}
