// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.benchmarks.TailwaterWindows.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The race in small: that it runs and that its answers are right, not how fast. */
class RaceITCase {
  private static final int CUSTOMERS = 10;
  private static final int EVENTS_PER_WINDOW = 50;
  private static final int MEASURED = 1_000;
  private static final WindowSet MONTH = WindowSet.parse("30d");
  private static final WindowSet DAY = WindowSet.parse("1d");
  private static final WindowSet THREE = WindowSet.parse("12h,7d,30d");

  /** Never reached: the events end the run, so that it is the same everywhere. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void allContendersGiveTheRightAnswers(String backend) throws Exception {
    try (Race race = new Race(backend)) {
      for (WindowSet windows : List.of(DAY, THREE)) {
        Workload workload = workload(windows, 0);
        assertThat(run(race, Entrant.tailwater(backend, Mode.EVERY_STEP, windows, workload)))
            .isPositive();
        assertThat(run(race, Entrant.tailwater(backend, Mode.ON_ARRIVAL, windows, workload)))
            .isEqualTo(1.0);
      }
      assertThat(run(race, Entrant.over(backend, workload(MONTH, 0)))).isEqualTo(1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void lateEventsAreCorrectedByMoreRows(String backend) throws Exception {
    try (Race race = new Race(backend)) {
      double inOrder = run(race, Entrant.tailwater(backend, Mode.PROMPT, DAY, workload(DAY, 0)));
      double late = run(race, Entrant.tailwater(backend, Mode.PROMPT, DAY, workload(DAY, 300)));
      assertThat(late).isGreaterThan(inOrder);
    }
  }

  private static double run(Race race, Entrant entrant) throws Exception {
    return race.run(entrant.contender(), entrant.workload(), LIMIT).rowsPerEvent();
  }

  private static Workload workload(WindowSet windows, int latePerMille) {
    return new Workload(CUSTOMERS, EVENTS_PER_WINDOW, windows.longest(), MEASURED, latePerMille);
  }
}
