// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A multiset in a sorted map, answered by walking through all of it. */
final class SortedMapOracle {
  private final TreeMap<Object, Long> counts;

  SortedMapOracle(Comparator<Object> order) {
    counts = new TreeMap<>(order);
  }

  void add(Object value) {
    counts.merge(value, 1L, Long::sum);
  }

  void remove(Object value) {
    counts.computeIfPresent(value, (key, count) -> count == 1 ? null : count - 1);
  }

  /** All values in order, each as often as it occurs. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    counts.forEach(
        (value, count) -> {
          for (long i = 0; i < count; i++) {
            values.add(value);
          }
        });
    return values;
  }

  int distinct() {
    return counts.size();
  }

  List<Object> mostFrequent(int k) {
    List<Map.Entry<Object, Long>> entries = new ArrayList<>(counts.entrySet());
    // The sort is stable: ties stay in the order of the map.
    entries.sort(Map.Entry.<Object, Long>comparingByValue().reversed());
    List<Object> values = new ArrayList<>();
    for (Map.Entry<Object, Long> entry : entries.subList(0, Math.min(k, entries.size()))) {
      values.add(entry.getKey());
    }
    return values;
  }
}
