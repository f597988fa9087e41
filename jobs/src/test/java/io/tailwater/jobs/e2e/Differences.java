// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Counts differences and remembers the first few. */
final class Differences {
  private static final int SHOWN = 5;

  private final List<String> first = new ArrayList<>();
  private long count;
  private long compared;

  /** Compares an entity's rows one by one: none missing, none too many, all bits equal. */
  void compareRows(Object key, List<StepRow> stored, List<StepRow> expected) {
    int i = 0;
    int j = 0;
    while (i < stored.size() || j < expected.size()) {
      compared++;
      if (j == expected.size()
          || (i < stored.size() && stored.get(i).instant() < expected.get(j).instant())) {
        add("%s: a row too many, %s".formatted(key, stored.get(i++)));
      } else if (i == stored.size() || stored.get(i).instant() > expected.get(j).instant()) {
        add("%s: no row %s".formatted(key, expected.get(j++)));
      } else {
        compare(key, stored.get(i++), expected.get(j++));
      }
    }
  }

  void compare(Object key, StepRow stored, StepRow expected) {
    if (!stored.sameVector(expected)) {
      add("%s: found %s, expected %s".formatted(key, stored, expected));
    }
  }

  void compare(String what, Object key, long stored, long expected) {
    if (stored != expected) {
      add("%s: %s is %d, expected %d".formatted(key, what, stored, expected));
    }
  }

  void add(String difference) {
    if (count++ < SHOWN) {
      first.add(difference);
    }
  }

  /** How many rows were compared. */
  long compared() {
    return compared;
  }

  void assertNone(String where) {
    assertThat(first).as("%d differences in %s", count, where).isEmpty();
  }
}
