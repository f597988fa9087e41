// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  @Test
  void tellsTheTimeLeftWhereAllCountsAreKnown() {
    RunProgress progress = new RunProgress(Map.of("orders", 1_000L), INTERVAL);

    assertThat(progress.line("RUNNING", List.of(view("a", 500, 0), view("b", 500, 0)), 10_000))
        .isEqualTo("  RUNNING: 500 events read, 1,000/s, 16 % done, about 50 s left");
    assertThat(
            progress.line(
                "RUNNING", List.of(view("a", 1_000, 250), view("b", 1_000, 250)), 600_000))
        .isEqualTo("  RUNNING: 1,000 events read, 1,000/s, 50 % done, about 10 min left");
    assertThat(
            progress.line(
                "RUNNING", List.of(view("a", 1_000, 1_000), view("b", 1_000, 1_000)), 600_000))
        .isEqualTo("  RUNNING: 1,000 events read, 0/s, 100 % done");
  }

  @Test
  void saysNothingOfItBeforeThereIsAnAverage() {
    RunProgress progress = new RunProgress(Map.of("orders", 1_000L), INTERVAL);

    assertThat(progress.line("RUNNING", List.of(view("a", 500, 0)), 4_999))
        .isEqualTo("  RUNNING: 500 events read, 1,000/s, 25 % done");
    assertThat(progress.line("RUNNING", List.of(view("a", 0, 0)), 9_000))
        .isEqualTo("  RUNNING: 0 events read, 0/s, 0 % done");
  }

  @Test
  void withoutCountsItTellsHowMuchOfWhatWasReadIsDone() {
    RunProgress progress = new RunProgress(Map.of(), INTERVAL);

    assertThat(progress.line("RUNNING", List.of(view("a", 200, 50)), 60_000))
        .isEqualTo("  RUNNING: 200 events read, 400/s, 25 % done");
    assertThat(new RunProgress(Map.of(), INTERVAL).line("CREATED", List.of(view("a", 0, 0)), 0))
        .isEqualTo("  CREATED: 0 events read, 0/s, 0 % done");
  }

  private static ViewAccounting view(String name, long read, long applied) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, verdict == Verdict.APPLIED ? applied : 0L);
    }
    return new ViewAccounting("orders", name, read, counts);
  }
}
