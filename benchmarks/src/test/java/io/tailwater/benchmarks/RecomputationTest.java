// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecomputationTest {
  private static final Workload WORKLOAD = Workload.inOrder(3, 20, Duration.ofDays(30), 1);
  private static final long EVENTS = 90;
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void holdsAtEachEventWhatAScanOfAllEventsFinds() {
    for (StepRow row : recomputation(1).atEvents()) {
      assertThat(row.values()).as("at %d", row.instant()).isEqualTo(scanned(1, row.instant()));
    }
  }

  @Test
  void stepsWhenAnEventComesAndOneMillisecondAfterItsWindow() {
    List<Long> instants = new ArrayList<>();
    for (long index = 2; index < EVENTS; index += 3) {
      instants.add(WORKLOAD.time(index));
      instants.add(WORKLOAD.time(index) + WEEK.toMillis() + 1);
    }
    List<StepRow> steps = recomputation(2).atSteps();
    assertThat(steps).extracting(StepRow::instant).containsExactlyInAnyOrderElementsOf(instants);
    assertThat(steps).extracting(StepRow::instant).isSorted();
    assertThat(steps.get(steps.size() - 1).values()).containsExactly(0L, 0.0, 0.0);
  }

  @Test
  void aWrongOrMissingRowIsADifference() {
    List<StepRow> right = recomputation(0).atEvents();
    List<StepRow> wrong = new ArrayList<>(right);
    wrong.set(5, new StepRow(right.get(5).instant(), List.of(1L, 0.0, 0.0)));
    Differences.check(0, right, right, StepRow::equals);
    assertThatThrownBy(() -> Differences.check(0, right, wrong, StepRow::equals))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("found " + wrong.get(5));
    assertThatThrownBy(() -> Differences.check(0, right, right.subList(0, 7), StepRow::equals))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("found 7 rows");
  }

  private static Recomputation recomputation(long customer) {
    return new Recomputation(WORKLOAD, customer, EVENTS, List.of(WEEK));
  }

  private static List<Object> scanned(long customer, long instant) {
    long count = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (long index = 0; index < EVENTS; index++) {
      long time = WORKLOAD.time(index);
      if (WORKLOAD.customer(index) == customer
          && time >= instant - WEEK.toMillis()
          && time <= instant) {
        count++;
        sum = sum.add(new BigDecimal(WORKLOAD.amount(index)));
      }
    }
    return List.of(count, sum.doubleValue(), sum.doubleValue() / count);
  }
}
