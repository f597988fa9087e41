// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwater.benchmarks.TailwaterWindows.Mode;
import java.time.Duration;
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
      for (Mode mode : Mode.values()) {
        for (WindowSet windows : new WindowSet[] {DAY, THREE}) {
          assertThat(run(race, Entrant.tailwater(backend, mode, windows, workload(windows, 0))))
              .isEqualTo(mode == Mode.ON_ARRIVAL ? 1.0 : 2.0 + windows.size(), within(0.6));
        }
      }
      assertThat(run(race, Entrant.over(backend, workload(MONTH, 0)))).isEqualTo(1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void lateEventsAreCorrected(String backend) throws Exception {
    try (Race race = new Race(backend)) {
      double inOrder =
          run(race, Entrant.tailwater(backend, Mode.PROMPT, DAY, workload(DAY, 0)));
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
