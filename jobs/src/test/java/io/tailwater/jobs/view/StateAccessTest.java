// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import org.junit.jupiter.api.Test;

/**
 * How often an event touches Flink's state: a get and a put, and a small fraction for the log's
 * chunks, however many events the windows hold.
 */
class StateAccessTest {
  private static final long DAY = 86_400_000;
  private static final FeatureView VIEW =
      TestViews.spend(
          DAY,
          TestViews.count(DAY),
          TestViews.of(AggregateFunction.SUM, 7 * DAY),
          TestViews.of(AggregateFunction.AVG, 30 * DAY));

  /** Events of an entity between two watermarks. */
  private static final int EVENTS_PER_WATERMARK = 50;

  private record Accesses(double perEvent, double perWatermark) {}

  @Test
  void doesNotGrowWithTheEventsInTheWindows() throws Exception {
    Accesses few = measure(10, 20_000);
    Accesses many = measure(10_000, 20_000);

    assertThat(few.perEvent()).isBetween(2.0, 2.7);
    assertThat(many.perEvent()).isBetween(2.0, 2.7);
    assertThat(many.perEvent()).isCloseTo(few.perEvent(), within(0.3));
    assertThat(few.perWatermark()).isLessThan(35);
    assertThat(many.perWatermark()).isLessThan(35);
  }

  /** Of one entity, after its longest window is full. */
  private static Accesses measure(int eventsInWindow, int measured) throws Exception {
    CountingBackend backend = new CountingBackend();
    long step = 30 * DAY / eventsInWindow;
    long onEvents = 0;
    long onWatermarks = 0;
    try (WindowsHarness windows = Setup.of(VIEW).on(backend).start()) {
      int warmUp = eventsInWindow + eventsInWindow / 20;
      for (int i = 0; i < warmUp + measured; i++) {
        long before = backend.reads() + backend.writes();
        windows.event(1, i * step, "order-" + i, i / 100.0);
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
        onEvents / (double) measured, onWatermarks / (double) (measured / EVENTS_PER_WATERMARK));
  }
}
