// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.OfflineRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends and restarts of operators; a window of 10 ms, 100 ms of allowed lateness. */
class RestoreTest {
  private static final FeatureView VIEW = TestViews.spend(100, TestViews.count(10));

  @ParameterizedTest
  @EnumSource
  void expiresOnWatermarksAloneAfterARestore(Backend backend) throws Exception {
    WindowsHarness before = Setup.of(VIEW).on(backend.create()).start();
    before.event(1, 1_000, "a", 1.0).watermark(1_000);

    try (WindowsHarness after = before.restarted()) {
      after.watermark(1_011);

      assertThat(after.lastOnline().values()).containsExactly(0L);
      assertThat(after.offline()).extracting(OfflineRow::eventTimestamp).containsExactly(1_011L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCheckpointHoldsWhatItBeganWithWhileEventsGoOn(Backend backend) throws Exception {
    Setup setup = Setup.of(VIEW).on(backend.create());
    OperatorSubtaskState state;
    try (WindowsHarness before = setup.start()) {
      for (int i = 0; i < 40; i++) {
        before.event(1, 1_000 + i, "a" + i, 1.0);
      }
      before.watermark(1_020);
      Callable<OperatorSubtaskState> rest = before.beginCheckpoint();
      before.event(1, 1_015, "late", 1.0).event(1, 1_045, "b", 1.0).watermark(1_050);
      state = rest.call();
    }

    try (WindowsHarness after = setup.restore(state)) {
      after.event(1, 1_039, "c", 1.0).watermark(1_039);

      assertThat(after.lastOnline().eventCount()).isEqualTo(41);
      assertThat(after.offline()).hasSize(19);
      assertThat(after.offline().get(18).values()).containsExactly(12L);
    }
  }

  /** More values than are held without pages, and of a lifetime more than the log still has. */
  @ParameterizedTest
  @EnumSource
  void goesOnWithPagesAndLifetimesAsIfNothingHadHappened(Backend backend) throws Exception {
    Window lifetime = new Window.Lifetime();
    Setup setup =
        Setup.of(
                TestViews.spend(
                    100,
                    TestViews.over(Window.sliding(150), AggregateFunction.COUNT_DISTINCT),
                    TestViews.over(Window.sliding(150), AggregateFunction.MEDIAN),
                    TestViews.over(lifetime, AggregateFunction.TOP_K, 3),
                    TestViews.over(lifetime, AggregateFunction.FIRST_N, 3),
                    TestViews.over(lifetime, AggregateFunction.LAST_DISTINCT_N, 2),
                    TestViews.over(lifetime, AggregateFunction.APPROX_COUNT_DISTINCT),
                    TestViews.byCategory(lifetime, AggregateFunction.MIN)))
            .on(backend.create());
    try (WindowsHarness undisturbed = setup.start()) {
      manyValues(undisturbed, 0);
      manyValues(undisturbed, 1_000);
      WindowsHarness before = setup.start();
      manyValues(before, 0);
      assertThat(before.stateEntries("pages-v1")).isEqualTo(1);
      List<OfflineRow> rows = new ArrayList<>(before.offline());

      try (WindowsHarness after = before.restarted()) {
        manyValues(after, 1_000);

        rows.addAll(after.offline());
        assertThat(after.lastOnline().values()).isEqualTo(undisturbed.lastOnline().values());
        assertThat(rows)
            .usingRecursiveFieldByFieldElementComparator()
            .isEqualTo(undisturbed.offline());
      }
    }
  }

  private static void manyValues(WindowsHarness windows, long start) throws Exception {
    for (int i = 0; i < 400; i++) {
      windows.event(1, start + i, "order-" + (start + i), i * 37 % 401 / 4.0);
      if (i % 100 == 0) {
        windows.event(1, start + i - i % 60, "late-" + (start + i), 1e6 + i).watermark(start + i);
      }
    }
  }

  @Test
  void judgesLatenessByTheRestoredWatermark() throws Exception {
    WindowsHarness before = Setup.of(VIEW).start();
    before.event(1, 1_000, "a", 1.0).watermark(1_050);

    try (WindowsHarness after = before.restarted()) {
      after.event(1, 949, "late", 1.0).event(1, 950, "just", 1.0);
      after.watermark(960).event(2, 949, "late", 1.0);

      assertThat(after.count(Verdict.TOO_LATE)).isEqualTo(2);
      assertThat(after.offline()).isEmpty();
      after.checkpoint();
      assertThat(after.offline())
          .extracting(OfflineRow::eventTimestamp)
          .containsExactly(950L, 961L);
    }
  }

  @Test
  void keepsCountsAcrossARestore() throws Exception {
    WindowsHarness before = Setup.of(VIEW).start();
    before.event(1, 1_000, "a", 1.0).event(1, 1_000, "a", 1.0);

    try (WindowsHarness after = before.restarted()) {
      after.event(1, 1_000, "a", 1.0).event(1, 1_001, "b", 1.0);

      assertThat(after.count(Verdict.APPLIED)).isEqualTo(2);
      assertThat(after.count(Verdict.DUPLICATE)).isEqualTo(2);
    }
  }

  @Test
  void keepsTheGenerationOfItsFirstStart() throws Exception {
    OperatorSubtaskState state;
    try (WindowsHarness first = Setup.of(VIEW).start()) {
      first.event(1, 1_000, "a", 1.0);
      assertThat(first.lastOnline().generation()).isEqualTo(7);
      state = first.checkpoint();
    }
    Setup later = Setup.of(VIEW).withSettings(Setup.settings(9, WindowSettings.UNBOUNDED));

    try (WindowsHarness restored = later.restore(state);
        WindowsHarness fresh = later.start()) {
      restored.event(1, 1_001, "b", 1.0);
      fresh.event(1, 1_001, "b", 1.0);

      assertThat(restored.lastOnline().generation()).isEqualTo(7);
      assertThat(fresh.lastOnline().generation()).isEqualTo(9);
    }
  }

  @Test
  void drainingAnUnboundedStreamExpiresNothing() throws Exception {
    try (WindowsHarness windows = Setup.of(VIEW).start()) {
      windows.event(1, 1_000, "a", 1.0).watermark(1_005);

      windows.finish();

      assertThat(windows.online()).hasSize(1);
      assertThat(windows.offline()).hasSize(1);
      assertThat(windows.watermarks()).containsExactly(1_005L, Long.MAX_VALUE);
    }
  }

  @Test
  void expiresAfterARestoreFromADrainedStream() throws Exception {
    WindowsHarness before = Setup.of(VIEW).start();
    before.event(1, 1_000, "a", 1.0).watermark(1_005).finish();

    try (WindowsHarness after = before.restarted()) {
      after.watermark(1_011);

      assertThat(after.lastOnline().values()).containsExactly(0L);
    }
  }

  @Test
  void theEndOfABoundedStreamIsItsEndInstant() throws Exception {
    Setup bounded = Setup.of(VIEW).withSettings(Setup.settings(7, 1_015));
    try (WindowsHarness windows = bounded.start()) {
      windows.event(1, 1_000, "a", 1.0).event(1, 1_005, "b", 1.0).event(1, 1_016, "c", 1.0);
      windows.watermark(1_014);

      windows.finish();

      assertThat(windows.offline())
          .extracting(OfflineRow::eventTimestamp)
          .containsExactly(1_000L, 1_005L, 1_011L);
      assertThat(windows.offline().get(2).values()).containsExactly(1L);
    }
  }
}
