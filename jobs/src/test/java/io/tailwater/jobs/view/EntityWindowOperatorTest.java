// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows of 10 ms and 30 ms, 100 ms of allowed lateness. */
class EntityWindowOperatorTest {
  private static final long LATENESS = 100;
  private static final FeatureView VIEW =
      TestViews.spend(
          LATENESS,
          TestViews.count(10),
          TestViews.count(30),
          TestViews.of(AggregateFunction.SUM, 30));

  private WindowsHarness windows;

  @AfterEach
  void stop() throws Exception {
    windows.close();
  }

  private void start(Backend backend) throws Exception {
    windows = Setup.of(VIEW).on(backend.create()).start();
  }

  @ParameterizedTest
  @EnumSource
  void emitsTheOnlineVectorWhenAnEventArrives(Backend backend) throws Exception {
    start(backend);

    windows.event(1, 1_000, "a", 2.5);

    assertThat(windows.lastOnline().key()).containsExactly(1L);
    assertThat(windows.lastOnline().eventTimestamp()).isEqualTo(1_000);
    assertThat(windows.lastOnline().validUntil()).isEqualTo(1_011);
    assertThat(windows.lastOnline().eventCount()).isEqualTo(1);
    assertThat(windows.lastOnline().values()).containsExactly(1L, 1L, 2.5);
    assertThat(windows.offline()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void writesTheRowOfAnEventWhenTheWatermarkHasPassedIt(Backend backend) throws Exception {
    start(backend);
    windows.event(1, 1_000, "b", 1.0).event(1, 1_000, "a", 1.0).event(1, 998, "c", 3.0);

    windows.watermark(999);
    assertThat(windows.offline()).hasSize(1);
    assertRow(windows.offline().get(0), 998, 1L, 1L, 3.0);

    windows.watermark(1_000);
    assertThat(windows.offline()).hasSize(2);
    assertRow(windows.offline().get(1), 1_000, 3L, 3L, 5.0);
  }

  @ParameterizedTest
  @EnumSource
  void expiresWithoutANewEvent(Backend backend) throws Exception {
    start(backend);
    windows.event(1, 1_000, "a", 2.0);

    windows.watermark(1_010);
    assertThat(windows.online()).hasSize(1);

    windows.watermark(1_011);
    assertThat(windows.lastOnline().eventTimestamp()).isEqualTo(1_011);
    assertThat(windows.lastOnline().validUntil()).isEqualTo(1_031);
    assertThat(windows.lastOnline().values()).containsExactly(0L, 1L, 2.0);
    assertRow(windows.offline().get(1), 1_011, 0L, 1L, 2.0);

    windows.watermark(2_000);
    assertThat(windows.lastOnline().eventTimestamp()).isEqualTo(1_031);
    assertThat(windows.lastOnline().validUntil()).isEqualTo(Long.MAX_VALUE);
    assertThat(windows.lastOnline().values()).containsExactly(0L, 0L, null);
    assertRow(windows.offline().get(2), 1_031, 0L, 0L, null);
    assertThat(windows.offline()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void forgetsASilentEntityWhenNoEventCanMatterAnyMore(Backend backend) throws Exception {
    start(backend);
    for (int i = 0; i < 100; i++) {
      windows.event(1, 1_000 + i, "a" + i, 1.0);
    }
    long forgotten = 1_099 + 30 + 1 + LATENESS + 1;

    windows.watermark(forgotten - 1);
    assertThat(windows.timers()).isEqualTo(1);
    assertThat(windows.stateEntries()).isPositive();

    windows.watermark(forgotten);
    assertThat(windows.timers()).isZero();
    assertThat(windows.stateEntries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void deadLettersAnEventThatIsTooLate(Backend backend) throws Exception {
    start(backend);
    windows.event(1, 1_000, "a", 1.0).watermark(1_050);

    windows.event(1, 950, "just", 1.0).event(1, 949, "late", 1.0).event(2, 949, "late", 1.0);

    assertThat(windows.deadLetters())
        .extracting(DeadLetter::code)
        .containsExactly("TOO_LATE", "TOO_LATE");
    assertThat(windows.deadLetters().get(0).eventTime()).isEqualTo(949);
    assertThat(windows.deadLetters().get(0).rejectedAt()).isEqualTo(WindowsHarness.NOW);
    assertThat(windows.count(Verdict.TOO_LATE)).isEqualTo(2);
    assertThat(windows.count(Verdict.APPLIED)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void countsADuplicateOnce(Backend backend) throws Exception {
    start(backend);

    windows.event(1, 1_000, "a", 1.0).event(1, 1_000, "a", 1.0);

    assertThat(windows.lastOnline().values()).containsExactly(1L, 1L, 1.0);
    assertThat(windows.deadLetters()).isEmpty();
    assertThat(windows.count(Verdict.APPLIED)).isEqualTo(1);
    assertThat(windows.count(Verdict.DUPLICATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void letsTheLeastOfConflictingContentsCountWhicheverComesFirst(Backend backend) throws Exception {
    start(backend);

    windows.event(1, 1_000, "a", 1.0).event(1, 1_000, "a", 2.0);
    windows.event(2, 1_000, "a", 2.0).event(2, 1_000, "a", 1.0).watermark(1_000);

    assertThat(windows.lastOnline().values()).containsExactly(1L, 1L, 1.0);
    assertThat(windows.offline()).hasSize(2);
    windows.offline().forEach(row -> assertRow(row, 1_000, 1L, 1L, 1.0));
    assertThat(windows.deadLetters())
        .extracting(DeadLetter::code)
        .containsExactly("CONFLICTING_DUPLICATE", "CONFLICTING_DUPLICATE");
    assertThat(windows.count(Verdict.DUPLICATE)).isEqualTo(2);
  }

  private static void assertRow(OfflineRow row, long instant, Object... values) {
    assertThat(row.eventTimestamp()).isEqualTo(instant);
    assertThat(row.values()).containsExactly(values);
  }
}
