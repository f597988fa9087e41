// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The race in small: that it runs and that its answers are right, not how fast. */
class RaceITCase {
  private static final Workload WORKLOAD = new Workload(10, 50, 1_000);

  /** Never reached: the events end the run, so that it is the same everywhere. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void bothContendersGiveTheRightAnswers(String backend) throws Exception {
    try (Race race = new Race(backend)) {
      assertThat(race.run(new TailwaterWindows(), WORKLOAD, LIMIT).events()).isPositive();
      assertThat(race.run(new SqlOver(), WORKLOAD, LIMIT).events()).isPositive();
    }
  }
}
