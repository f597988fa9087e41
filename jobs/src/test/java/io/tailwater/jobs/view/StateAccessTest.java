// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often an event touches Flink's state: a get and a put, a small fraction for the log's chunks,
 * and a few for the pages of those aggregates that keep values in order; however many events the
 * windows hold.
 */
class StateAccessTest {
  private static final long DAY = 86_400_000;
  private static final Window MONTH = Window.sliding(30 * DAY);
  private static final Window LAGGED = new Window.Sliding(30 * DAY, 15 * DAY, 1);
  private static final Window CALENDAR =
      new Window.Calendar(Window.Calendar.Period.MONTH, ZoneId.of("UTC"));
  private static final Window LIFETIME = new Window.Lifetime();

  /** Events of an entity between two watermarks. */
  private static final int EVENTS_PER_WATERMARK = 50;

  private static final int MEASURED = 2_000;

  /** What is computed, and how many reads and writes it may cost at most. */
  private enum Kind {
    MOMENTS(
        2.7,
        35,
        TestViews.count(DAY),
        TestViews.of(AggregateFunction.SUM, 7 * DAY),
        TestViews.of(AggregateFunction.STDDEV_POP, 30 * DAY)),
    EXTREMES(
        2.7,
        35,
        TestViews.over(MONTH, AggregateFunction.MIN),
        TestViews.over(MONTH, AggregateFunction.MAX)),
    ENDS(
        3.2,
        35,
        TestViews.over(MONTH, AggregateFunction.FIRST_N, 3),
        TestViews.over(MONTH, AggregateFunction.LAST_DISTINCT_N, 3)),
    BY(2.7, 35, TestViews.byCategory(MONTH, AggregateFunction.SUM)),
    HOPS(2.7, 35, TestViews.over(new Window.Sliding(30 * DAY, 0, DAY), AggregateFunction.SUM)),
    CALENDAR_MONTH(2.7, 35, TestViews.over(CALENDAR, AggregateFunction.SUM)),
    LAGGED_MONTH(2.9, 45, TestViews.over(LAGGED, AggregateFunction.SUM)),
    LIFE(
        2.7,
        35,
        TestViews.over(LIFETIME, AggregateFunction.SUM),
        TestViews.over(LIFETIME, AggregateFunction.LAST_N, 3)),
    /**
     * For each of two cursors at most 4 gets and 4 puts, to add a value and to take one away; and
     * for the rows of an event's coming and leaving at most 2 gets each, to read the median.
     */
    ORDER(
        2.7 + 8,
        35 + (8 + 4) * EVENTS_PER_WATERMARK,
        TestViews.over(MONTH, AggregateFunction.COUNT_DISTINCT),
        TestViews.over(MONTH, AggregateFunction.MEDIAN),
        TestViews.over(MONTH, AggregateFunction.TOP_K, 3));

    private final double mostPerEvent;
    private final double mostPerWatermark;
    private final FeatureView view;

    Kind(double mostPerEvent, double mostPerWatermark, Feature... features) {
      this.mostPerEvent = mostPerEvent;
      this.mostPerWatermark = mostPerWatermark;
      this.view = TestViews.spend(DAY, features);
    }
  }

  private record Accesses(double perEvent, double perWatermark) {}

  @ParameterizedTest
  @EnumSource
  void areBoundedHoweverManyEventsTheWindowsHold(Kind kind) throws Exception {
    for (int eventsInWindow : List.of(10, 1_000, 10_000)) {
      Accesses accesses = measure(kind.view, eventsInWindow);
      assertThat(accesses.perEvent())
          .as("with %d events in the window", eventsInWindow)
          .isBetween(2.0, kind.mostPerEvent);
      assertThat(accesses.perWatermark())
          .as("with %d events in the window", eventsInWindow)
          .isLessThan(kind.mostPerWatermark);
    }
  }

  /** Of one entity, after its longest window is full. */
  private static Accesses measure(FeatureView view, int eventsInWindow) throws Exception {
    CountingBackend backend = new CountingBackend();
    long step = 30 * DAY / eventsInWindow;
    long onEvents = 0;
    long onWatermarks = 0;
    try (WindowsHarness windows = Setup.of(view).on(backend).start()) {
      // A lagged window is half as far behind again.
      int warmUp = eventsInWindow * 8 / 5;
      for (int i = 0; i < warmUp + MEASURED; i++) {
        long before = backend.reads() + backend.writes();
        windows.event(1, i * step, "order-" + i, i * 7_919 % 100_003 / 100.0);
        long between = backend.reads() + backend.writes();
        if (i % EVENTS_PER_WATERMARK == 0) {
          windows.watermark(i * step - 1);
        }
        if (i >= warmUp) {
          onEvents += between - before;
          onWatermarks += backend.reads() + backend.writes() - between;
        }
      }
    }
    assertThat(backend.others()).as("iterators and the like").isZero();
    return new Accesses(
        onEvents / (double) MEASURED, onWatermarks / (double) (MEASURED / EVENTS_PER_WATERMARK));
  }
}
