// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.random.TimeScale;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ends, entries and leaves that {@link Window} computes, against those that are searched. */
class WindowAgainstOracleTest {
  @Test
  void agrees() {
    run(1, 3_000);
  }

  @Test
  @Tag("full")
  void agreesAtLength() {
    run(1_000_000, 300_000);
  }

  @Test
  void agreesWhereClocksGoBackOverMidnight() {
    long midnight = Instant.parse("2010-11-07T02:30:00Z").toEpochMilli();
    for (Window.Calendar.Period period : Window.Calendar.Period.values()) {
      Window window = new Window.Calendar(period, ZoneId.of("America/St_Johns"));
      for (int minute = -200; minute <= 200; minute++) {
        assertAgrees(0, window, midnight + minute * 60_000);
      }
    }
  }

  private static void run(long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      Random random = new Random(seed);
      TimeScale scale = TimeScale.next(random);
      Window window = window(random, scale);
      for (int i = 0; i < 20; i++) {
        assertAgrees(seed, window, time(random, scale));
      }
    }
  }

  private static void assertAgrees(long seed, Window window, long time) {
    NaiveWindow naive = new NaiveWindow(window);
    assertThat(new long[] {window.lowerEnd(time), window.upperEnd(time)})
        .as("seed %d: ends of %s at %d", seed, window, time)
        .containsExactly(naive.lower(time), naive.upper(time));
    assertThat(new long[] {window.enters(time), window.leaves(time)})
        .as("seed %d: %d in %s", seed, time, window)
        .containsExactly(naive.enters(time), naive.leaves(time));
  }

  private static Window window(Random random, TimeScale scale) {
    int kind = random.nextInt(scale.hasCalendar() ? 4 : 2);
    if (kind >= 2) {
      return scale.calendar(random);
    }
    long offset = random.nextBoolean() ? 0 : scale.length(random);
    return kind == 0 && random.nextInt(5) == 0
        ? new Window.Lifetime()
        : new Window.Sliding(scale.length(random), offset, scale.length(random));
  }

  private static long time(Random random, TimeScale scale) {
    long time = scale.base() + random.nextInt(200) * scale.unit();
    return random.nextBoolean() ? time : scale.truncated(time) + random.nextInt(3) - 1;
  }
}
