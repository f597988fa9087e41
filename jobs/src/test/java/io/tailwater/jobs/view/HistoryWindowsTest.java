// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows of a stream that begins with history, over a table that is whole up to 1,000. */
class HistoryWindowsTest {
  private static final long WHOLE = 1_000;
  private static final long LATENESS = 500;
  private static final FeatureView VIEW =
      TestViews.spend(LATENESS, TestViews.count(400), TestViews.of(AggregateFunction.SUM, 300));
  private static final WindowsHarness.Setup SETUP =
      WindowsHarness.Setup.of(VIEW).withSettings(settings(8).withHistory(history(Set.of())));

  @Test
  void nothingComesOutBeforeTheFirstWatermarkAndThenEveryVectorOnce() throws Exception {
    try (WindowsHarness windows = SETUP.start()) {
      history(windows, 2, 1_150, "d", 4.0);
      history(windows, 1, 900, "b", 2.0);
      live(windows, 1, 1_200, "c", 3.0);
      history(windows, 1, 100, "a", 1.0);
      windows.watermark(Long.MIN_VALUE);
      assertThat(windows.online()).isEmpty();
      assertThat(windows.offline()).isEmpty();
      assertThat(windows.watermarks()).isEmpty();

      windows.watermark(Long.MIN_VALUE + 1);

      assertThat(windows.watermarks()).containsExactly(WHOLE);
      assertThat(windows.offline()).isEmpty();
      assertThat(windows.online()).hasSize(2);
      OnlineVector one = vector(windows, 1);
      assertThat(one.eventTimestamp()).isEqualTo(1_200);
      assertThat(one.eventCount()).isEqualTo(3);
      assertThat(one.generation()).isEqualTo(8);
      assertThat(one.values()).containsExactly(2L, 5.0);
      assertThat(vector(windows, 2).values()).containsExactly(1L, 4.0);
    }
  }

  @Test
  void rowsBeginWhereTheTableEnds() throws Exception {
    try (WindowsHarness windows = SETUP.start()) {
      history(windows, 1, 100, "a", 1.0);
      history(windows, 1, 900, "b", 2.0);
      live(windows, 1, 1_200, "c", 3.0);

      windows.watermark(1_250);

      assertThat(windows.offline())
          .extracting(OfflineRow::eventTimestamp)
          .containsExactly(1_200L, 1_201L);
      assertThat(windows.offline().get(0).values()).containsExactly(2L, 5.0);
      assertThat(windows.offline().get(1).values()).containsExactly(2L, 3.0);
    }
  }

  @Test
  void anEventOfTheTopicThatTheTableDoesNotKnowCorrectsIt() throws Exception {
    try (WindowsHarness windows = SETUP.start()) {
      live(windows, 1, 950, "late", 5.0);
      live(windows, 1, 900, "b", 2.0);
      history(windows, 1, 900, "b", 2.0);
      windows.checkpoint();
      assertThat(windows.offline()).isEmpty();

      windows.watermark(Long.MIN_VALUE + 1);
      windows.checkpoint();

      assertThat(windows.offline()).extracting(OfflineRow::eventTimestamp).containsExactly(950L);
      assertThat(windows.offline().get(0).values()).containsExactly(2L, 7.0);
      assertThat(windows.count(Verdict.APPLIED)).isEqualTo(2);
      assertThat(windows.count(Verdict.DUPLICATE)).isEqualTo(1);
    }
  }

  @Test
  void historyIsNeverTooLateAndTheTopicIsWhereTheTableStands() throws Exception {
    try (WindowsHarness windows = SETUP.start()) {
      history(windows, 1, 10, "a", 1.0);
      live(windows, 1, WHOLE - LATENESS - 1, "b", 1.0);
      live(windows, 1, WHOLE - LATENESS, "c", 1.0);
      windows.watermark(Long.MIN_VALUE + 1);

      assertThat(windows.count(Verdict.APPLIED)).isEqualTo(2);
      assertThat(windows.count(Verdict.TOO_LATE)).isEqualTo(1);
    }
  }

  @Test
  void whatIsTooLateAndInAFileTooIsADuplicate() throws Exception {
    WindowSettings settings = settings(8).withHistory(history(Set.of("orders")));
    try (WindowsHarness windows = SETUP.withSettings(settings).start()) {
      live(windows, 1, 10, "a", 1.0);
      history(windows, 1, 10, "a", 1.0);
      windows.watermark(Long.MIN_VALUE + 1);

      assertThat(windows.count(Verdict.DUPLICATE)).isEqualTo(1);
      assertThat(windows.deadLetters()).isEmpty();
      assertThat(windows.offline()).isEmpty();
    }
  }

  @Test
  void overKnownVectorsNoneIsPublishedBeforeItIsComplete() throws Exception {
    WindowSettings settings =
        settings(8)
            .withHistory(new History(Map.of("spend", WHOLE), Set.of("spend"), Set.of()))
            .withKnownFrom(Map.of("orders", 600L));
    WindowsHarness first = SETUP.withSettings(settings).start();
    history(first, 1, 900, "a", 1.0);
    history(first, 2, 1_100, "b", 1.0);
    first.watermark(Long.MIN_VALUE + 1);
    assertThat(first.online()).extracting(v -> v.key()[0]).containsExactly(2L);
    try (WindowsHarness windows = first.restarted()) {
      windows.watermark(1_300);

      assertThat(windows.online())
          .as("the step of 900 + 300 + 1 is after 600 + 400")
          .extracting(OnlineVector::eventTimestamp)
          .containsExactly(1_201L);
    }
  }

  @Test
  void goesOnFromACheckpointInTheMiddleOfHistory() throws Exception {
    WindowsHarness first = SETUP.start();
    history(first, 1, 900, "b", 2.0);
    live(first, 1, 950, "late", 5.0);
    try (WindowsHarness windows = first.restarted()) {
      history(windows, 1, 800, "a", 1.0);
      windows.watermark(Long.MIN_VALUE + 1);
      windows.checkpoint();

      assertThat(vector(windows, 1).values()).containsExactly(3L, 8.0);
      assertThat(windows.offline()).extracting(OfflineRow::eventTimestamp).containsExactly(950L);
    }
  }

  @Test
  void readsNoHistoryTwice() throws Exception {
    WindowsHarness first = SETUP.start();
    history(first, 1, 900, "b", 2.0);
    first.watermark(1_100);
    try (WindowsHarness windows = first.restarted()) {
      history(windows, 1, 900, "b", 2.0);
      history(windows, 1, 10, "a", 1.0);
      windows.watermark(1_150);

      assertThat(windows.online()).isEmpty();
      assertThat(windows.deadLetters()).isEmpty();
      assertThat(windows.count(Verdict.APPLIED)).isEqualTo(1);
    }
  }

  @Test
  void inTheMiddleOfHistoryItCannotGoOnWithout() throws Exception {
    try (WindowsHarness first = SETUP.start()) {
      history(first, 1, 900, "b", 2.0);
      var checkpoint = first.checkpoint();

      assertThatThrownBy(() -> SETUP.withSettings(settings(9)).restore(checkpoint))
          .hasStackTraceContaining("expected the same --history");
    }
  }

  @Test
  void overAnEmptyTableAllRowsAreWritten() throws Exception {
    WindowSettings settings = settings(8).withHistory(new History(Map.of(), Set.of(), Set.of()));
    try (WindowsHarness windows = SETUP.withSettings(settings).start()) {
      history(windows, 1, 900, "b", 2.0);
      history(windows, 1, 100, "a", 1.0);
      windows.watermark(Long.MIN_VALUE + 1).watermark(950);

      assertThat(windows.watermarks()).containsExactly(950L);
      assertThat(windows.offline())
          .extracting(OfflineRow::eventTimestamp)
          .isEqualTo(List.of(100L, 401L, 501L, 900L));
    }
  }

  private static History history(Set<String> overlapping) {
    return new History(Map.of("spend", WHOLE), Set.of(), overlapping);
  }

  private static WindowSettings settings(long generation) {
    return WindowsHarness.Setup.settings(generation, WindowSettings.UNBOUNDED);
  }

  private static OnlineVector vector(WindowsHarness windows, long customer) {
    return windows.online().stream()
        .filter(vector -> vector.key()[0].equals(customer))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static void live(
      WindowsHarness windows, long customer, long time, String id, double amount) throws Exception {
    windows.event(customer, time, id, amount);
  }

  private static void history(
      WindowsHarness windows, long customer, long time, String id, double amount) throws Exception {
    windows.event(
        new ViewEvent(
            0,
            WindowsHarness.key(customer),
            time,
            id.getBytes(UTF_8),
            TestViews.columns(VIEW, amount),
            "orders/0/0",
            null,
            null,
            true));
  }
}
