// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left in Flink's state of entities that have fallen silent. */
class StateCleanupTest {
  private static final long DAY = 86_400_000;
  private static final long LATENESS = DAY / 2;
  private static final int CUSTOMERS = 3;
  private static final int EVENTS = 300;

  /** Of a month and all that is to be waited for behind it, and before the first of a month. */
  private static final long START = 45 * DAY;

  static Stream<Arguments> cases() {
    ZoneId lisbon = ZoneId.of("Europe/Lisbon");
    return Stream.of(
            Window.sliding(DAY),
            new Window.Sliding(DAY, 0, DAY / 24),
            new Window.Sliding(DAY, 3 * DAY, 1),
            new Window.Sliding(DAY, 3 * DAY, DAY / 4),
            new Window.Calendar(Window.Calendar.Period.DAY, lisbon),
            new Window.Calendar(Window.Calendar.Period.WEEK, lisbon),
            new Window.Calendar(Window.Calendar.Period.MONTH, lisbon))
        .flatMap(
            window ->
                Arrays.stream(Backend.values()).map(backend -> Arguments.of(window, backend)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsLeftOnceTheLastEventHasExpiredAndNoneIsAcceptedAnyMore(
      Window window, Backend backend) throws Exception {
    List<Feature> features = new ArrayList<>(constant(window));
    features.add(TestViews.over(window, AggregateFunction.COUNT_DISTINCT));
    features.add(TestViews.over(window, AggregateFunction.MEDIAN));
    features.add(TestViews.byCategory(window, AggregateFunction.TOP_K, 2));
    FeatureView view = TestViews.spend(LATENESS, features.toArray(new Feature[0]));
    try (WindowsHarness windows = Setup.of(view).on(backend.create()).start()) {
      long newest = fill(windows);
      for (String state : List.of("entity-v1", "chunks-v1", "ids-v1")) {
        assertThat(windows.stateEntries(state)).as(state).isEqualTo(CUSTOMERS);
      }
      windows.watermark(window.enters(newest));
      assertThat(windows.stateEntries("pages-v1")).isEqualTo(CUSTOMERS);
      assertThat(windows.timers()).isEqualTo(CUSTOMERS);
      long quiet = window.leaves(newest) + LATENESS;

      windows.watermark(quiet - 1);
      assertThat(windows.stateEntries("entity-v1")).isPositive();

      windows.watermark(quiet + 1);
      for (String state : WindowsHarness.STATES) {
        assertThat(windows.stateEntries(state)).as(state).isZero();
      }
      assertThat(windows.timers()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofALifetimeTheEntityAloneIsLeft(Backend backend) throws Exception {
    FeatureView view =
        TestViews.spend(LATENESS, constant(new Window.Lifetime()).toArray(new Feature[0]));
    try (WindowsHarness windows = Setup.of(view).on(backend.create()).start()) {
      long newest = fill(windows);
      assertThat(windows.stateEntries("chunks-v1")).isEqualTo(CUSTOMERS);

      windows.watermark(newest + LATENESS + 1);

      assertThat(windows.stateEntries("entity-v1")).isEqualTo(CUSTOMERS);
      assertThat(windows.stateEntries("chunks-v1")).isZero();
      assertThat(windows.stateEntries("ids-v1")).isZero();
      assertThat(windows.stateEntries("pages-v1")).isZero();
      assertThat(windows.timers()).isZero();
    }
  }

  /** Aggregates whose state does not grow with the number of different values. */
  private static List<Feature> constant(Window window) {
    return List.of(
        TestViews.over(window, AggregateFunction.SUM),
        TestViews.over(window, AggregateFunction.MIN),
        TestViews.over(window, AggregateFunction.LAST_N, 5),
        TestViews.byCategory(window, AggregateFunction.AVG));
  }

  /** Different amounts, some of them late. */
  private static long fill(WindowsHarness windows) throws Exception {
    long newest = START;
    for (int i = 0; i < EVENTS; i++) {
      newest = START + i * (DAY / 2 / EVENTS);
      windows.event(1 + i % CUSTOMERS, newest, "order-" + i, i / 10.0);
      if (i % 40 == 0) {
        windows.watermark(newest - 1);
        windows.event(1 + i % CUSTOMERS, newest - DAY / 10, "late-" + i, i / 10.0);
      }
    }
    return newest;
  }
}
