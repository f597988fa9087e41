// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often there is each value, in the values' natural order. */
final class Frequencies {
  private final TreeMap<Object, Integer> counts = new TreeMap<>();

  void add(Object value) {
    counts.merge(value, 1, Integer::sum);
  }

  void remove(Object value) {
    counts.computeIfPresent(value, (present, count) -> count == 1 ? null : count - 1);
  }

  /** Each value with its frequency; none is 0. */
  SortedMap<Object, Integer> byValue() {
    return counts;
  }
}
