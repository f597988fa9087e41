// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.random.HostileTimes;
import io.tailwater.aggregation.random.HostileValues;
import io.tailwater.aggregation.random.RandomPlan;
import io.tailwater.aggregation.random.TimeScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What offline rows are for: the last one answers every instant, also where no step is. */
class NaiveRowsRandomTest {
  @Test
  void theLastRowHoldsAtEveryInstant() {
    run(1, 300);
  }

  @Test
  @Tag("full")
  void theLastRowHoldsAtEveryInstantAtLength() {
    run(1_000_000, 30_000);
  }

  private static void run(long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      check(seed, new Random(seed));
    }
  }

  private static void check(long seed, Random random) {
    TimeScale scale = TimeScale.next(random);
    AggregationPlan plan = RandomPlan.next(random, scale);
    HostileTimes times = new HostileTimes(random, scale, plan);
    List<NaiveEvent> events = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      events.add(NaiveEvent.of(times.next(), HostileValues.of(random, plan)).withId(i));
    }
    NaiveViews views = new NaiveViews(plan, events);
    TreeMap<Long, Object[]> rows = new TreeMap<>(views.rows(Long.MAX_VALUE - 1));
    for (int i = 0; i < 200; i++) {
      long instant = rows.firstKey() + (i - 5) * scale.unit() / 2 + random.nextInt(2);
      SortedMap<Long, Object[]> before = rows.headMap(instant, true);
      if (!before.isEmpty()) {
        assertSame(seed, instant, before.get(before.lastKey()), views.at(instant));
      }
    }
  }

  private static void assertSame(long seed, long instant, Object[] row, Object[] values) {
    assertThat(NaiveViews.sameBits(row, values))
        .as(
            "seed %d: the row of %d is %s, and not %s",
            seed, instant, Arrays.toString(row), Arrays.toString(values))
        .isTrue();
  }
}
