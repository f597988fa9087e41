// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.OfflineRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Late events within the allowed lateness of 100 ms; a window of 10 ms. */
class LateEventsTest {
  private static final FeatureView VIEW = TestViews.spend(100, TestViews.count(10));

  private WindowsHarness windows;

  @BeforeEach
  void start() throws Exception {
    windows = Setup.of(VIEW).start();
  }

  @AfterEach
  void stop() throws Exception {
    windows.close();
  }

  @Test
  void correctsTheOnlineVectorAtOnceAndRowsBeforeTheNextBarrier() throws Exception {
    windows.event(1, 1_000, "a", 1.0).watermark(1_005);
    OfflineRow first = windows.offline().get(0);

    windows.event(1, 998, "late", 1.0);
    assertThat(windows.lastOnline().values()).containsExactly(2L);
    assertThat(windows.lastOnline().eventTimestamp()).isEqualTo(1_000);
    assertThat(windows.lastOnline().eventCount()).isEqualTo(2);
    assertThat(windows.offline()).hasSize(1);

    windows.checkpoint();
    assertThat(windows.offline()).hasSize(3);
    assertRow(windows.offline().get(1), 998, 1);
    assertRow(windows.offline().get(2), 1_000, 2);
    assertThat(windows.offline().get(1).createdTimestamp()).isGreaterThan(first.createdTimestamp());

    windows.checkpoint();
    assertThat(windows.offline()).hasSize(3);
  }

  @Test
  void correctsManyEntitiesAtOneBarrier() throws Exception {
    for (long customer = 1; customer <= 50; customer++) {
      windows.event(customer, 1_000, "a", 1.0);
    }
    windows.watermark(1_005);
    for (long customer = 1; customer <= 50; customer++) {
      windows.event(customer, 1_001, "late", 1.0);
    }

    windows.checkpoint();

    assertThat(windows.offline().subList(50, 100))
        .allSatisfy(row -> assertRow(row, 1_001, 2))
        .extracting(row -> row.key()[0])
        .doesNotHaveDuplicates();
  }

  @Test
  void writesWaitingCorrectionsBeforeALaterRow() throws Exception {
    windows.event(1, 1_000, "a", 1.0).watermark(1_005).event(1, 998, "late", 1.0);

    windows.watermark(1_009);

    assertThat(windows.offline())
        .extracting(OfflineRow::eventTimestamp)
        .containsExactly(1_000L, 998L, 1_000L, 1_009L);
  }

  @Test
  void writesWaitingCorrectionsAtTheEndOfInput() throws Exception {
    windows.watermark(1_005).event(1, 998, "late", 1.0);

    windows.finish();

    assertThat(windows.offline()).hasSize(1);
    assertRow(windows.offline().get(0), 998, 1);
  }

  @Test
  @Timeout(20)
  void forgetsAnEntityWhoseOnlyEventStillWaitsForItsRows() throws Exception {
    windows.watermark(1_100).event(1, 1_050, "late", 1.0);

    windows.watermark(5_000);

    assertThat(windows.offline()).hasSize(2);
    assertRow(windows.offline().get(0), 1_050, 1);
    assertRow(windows.offline().get(1), 1_061, 0);
    assertThat(windows.timers()).isZero();
    assertThat(windows.stateEntries()).isZero();
    windows.checkpoint();
    assertThat(windows.offline()).hasSize(2);
  }

  /** Nothing leaves a lifetime, so no step is to come at which corrections would be written. */
  @Test
  @Timeout(20)
  void timeGoesOnForALifetimeWhoseLogIsHeldByAWaitingCorrection() throws Exception {
    Window lifetime = new Window.Lifetime();
    FeatureView view = TestViews.spend(100, TestViews.over(lifetime, AggregateFunction.SUM));
    try (WindowsHarness ofLifetime = Setup.of(view).start()) {
      for (int i = 0; i < 40; i++) {
        ofLifetime.event(1, 1_000 + i, "a" + i, 1.0);
      }
      ofLifetime.watermark(1_050).event(1, 1_020, "late", 1.0);

      ofLifetime.watermark(5_000);

      assertThat(ofLifetime.offline()).hasSize(40 + 20);
      assertThat(ofLifetime.stateEntries("chunks-v1")).isZero();
      assertThat(ofLifetime.timers()).isZero();
    }
  }

  private static void assertRow(OfflineRow row, long instant, long count) {
    assertThat(row.eventTimestamp()).isEqualTo(instant);
    assertThat(row.values()).containsExactly(count);
  }
}
