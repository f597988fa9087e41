// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A view of windows of 400 and 300, of a source whose events are known from 600 on. */
class CompletenessTest {
  private static final FeatureView VIEW =
      TestViews.spend(500, TestViews.count(400), TestViews.of(AggregateFunction.SUM, 300));
  private static final String COUNT = VIEW.features().get(0).name();
  private static final String SUM = VIEW.features().get(1).name();
  private static final Map<String, Long> KNOWN_FROM = Map.of("orders", 600L);

  /** An event of 599 leaves a window of 400 at 1,000, and one of 300 at 900. */
  @Test
  void aFeatureIsCompleteWhenTheLastEventThatIsNotKnownHasLeftItsWindow() {
    assertThat(Completeness.byFeature(VIEW, KNOWN_FROM))
        .containsExactlyInAnyOrderEntriesOf(Map.of(COUNT, 1_000L, SUM, 900L));
    assertThat(Completeness.ofView(VIEW, KNOWN_FROM)).isEqualTo(1_000);
    assertThat(Completeness.ofView(VIEW, Map.of())).isEqualTo(Completeness.ALWAYS);
  }

  @Test
  void aLaterStartIsToldOfWhatItConcerns() {
    assertThat(Completeness.incomplete(VIEW, KNOWN_FROM, 899)).containsOnlyKeys(COUNT, SUM);
    assertThat(Completeness.incomplete(VIEW, KNOWN_FROM, 900)).containsOnlyKeys(COUNT);
    assertThat(Completeness.incomplete(VIEW, KNOWN_FROM, 1_000)).isEmpty();
  }

  @Test
  void aVectorSaysWhichOfItsValuesAreNotComplete() throws Exception {
    try (WindowsHarness windows = start(KNOWN_FROM)) {
      windows.event(1, 650, "a", 1.0).event(1, 950, "b", 2.0).event(1, 1_000, "c", 4.0);

      assertThat(windows.online())
          .extracting(OnlineVector::completeFrom)
          .containsExactly(new long[] {1_000, 900}, new long[] {1_000, 900}, OnlineVector.COMPLETE);
    }
  }

  @Test
  void theMetricSaysItOfTheFirstStartAfterARestore() throws Exception {
    WindowsHarness first = start(KNOWN_FROM);
    assertThat(metric(first, COUNT)).isEqualTo(1_000L);
    assertThat(metric(first, SUM)).isEqualTo(900L);
    try (WindowsHarness windows = first.restarted()) {
      assertThat(metric(windows, COUNT)).isEqualTo(1_000L);
    }
    try (WindowsHarness always = start(Map.of())) {
      assertThat(metric(always, COUNT)).isEqualTo(Long.MIN_VALUE);
    }
  }

  @Test
  void theTableIsTakenOverOnceBeforeTheFirstRow() throws Exception {
    List<String> taken = new ArrayList<>();
    WindowSettings settings =
        WindowsHarness.Setup.settings(8, WindowSettings.UNBOUNDED)
            .withKnownFrom(KNOWN_FROM)
            .withTakeover(
                (view, generation, completeFrom) ->
                    taken.add("%s %d %s".formatted(view.name(), generation, completeFrom)));
    WindowsHarness first = WindowsHarness.Setup.of(VIEW).withSettings(settings).start();
    first.event(1, 650, "a", 1.0);
    assertThat(taken).isEmpty();
    first.watermark(649);
    String once = "spend 8 {%s=1000, %s=900}".formatted(COUNT, SUM);
    assertThat(taken).containsExactly(once);
    assertThat(first.offline()).isEmpty();
    first.watermark(700);
    try (WindowsHarness windows = first.restarted()) {
      windows.watermark(800);
      assertThat(taken).containsExactly(once);
    }
  }

  /** Rows begin 500 before where the table ends. */
  @Test
  void theTableIsToldOfFeaturesThatGetIncompleteRows() throws Exception {
    List<Map<String, Long>> told = new ArrayList<>();
    WindowSettings settings =
        WindowsHarness.Setup.settings(8, WindowSettings.UNBOUNDED)
            .withKnownFrom(KNOWN_FROM)
            .withHistory(new History(Map.of("spend", 1_400L), Set.of(), Set.of()))
            .withTakeover((view, generation, completeFrom) -> told.add(completeFrom));
    try (WindowsHarness windows = WindowsHarness.Setup.of(VIEW).withSettings(settings).start()) {
      windows.watermark(Long.MIN_VALUE + 1);
    }
    assertThat(told).containsExactly(Map.of(COUNT, 1_000L));
  }

  /** With the change neither a row nor a checkpoint comes before that. */
  @Test
  void theTableIsToldOfAChangeBeforeAnythingElse() throws Exception {
    List<Map<String, Long>> told = new ArrayList<>();
    WindowSettings settings =
        WindowsHarness.Setup.settings(8, WindowSettings.UNBOUNDED)
            .withKnownFrom(KNOWN_FROM)
            .withTakeover((view, generation, completeFrom) -> told.add(completeFrom));
    OperatorSubtaskState state;
    try (WindowsHarness windows = WindowsHarness.Setup.of(VIEW).withSettings(settings).start()) {
      state = windows.event(1, 650, "a", 1.0).watermark(1_450).checkpoint();
    }
    told.clear();
    FeatureView changed =
        TestViews.spend(
            500,
            TestViews.count(400),
            TestViews.of(AggregateFunction.SUM, 300),
            TestViews.count(2_000));
    WindowsHarness.Setup after = WindowsHarness.Setup.of(changed).withSettings(settings);
    Map<String, Long> incomplete = Map.of(COUNT, 1_000L, changed.features().get(2).name(), 2_600L);
    for (int attempt = 1; attempt <= 2; attempt++) {
      try (WindowsHarness windows = after.restore(state)) {
        assertThat(told).as("rows begin 500 before").containsExactly(incomplete);
        assertThat(windows.offline()).isEmpty();
        windows.watermark(1_500);
        assertThat(told).hasSize(1);
      }
      told.clear();
    }
  }

  private static WindowsHarness start(Map<String, Long> knownFrom) throws Exception {
    WindowSettings settings =
        WindowsHarness.Setup.settings(8, WindowSettings.UNBOUNDED).withKnownFrom(knownFrom);
    return WindowsHarness.Setup.of(VIEW).withSettings(settings).start();
  }

  private static Object metric(WindowsHarness windows, String feature) {
    return windows.gauge("tailwater.view.spend.feature.%s.complete_from".formatted(feature));
  }
}
