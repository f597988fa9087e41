// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.jobs.historical.RetrievalSummary;
import io.tailwater.jobs.historical.RetrievalSummary.Incomplete;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSetReportTest {
  private static final TrainingSetReport REPORT =
      new TrainingSetReport(
          new RetrievalSummary(
              10,
              0,
              List.of(),
              List.of(),
              List.of(
                  new Incomplete("spend", "sum_30d", 200, 3),
                  new Incomplete("spend", "lifetime", Long.MAX_VALUE, 10))),
          "labels.parquet");

  @Test
  void saysToPeopleFromWhenOnFeaturesAreFullyKnown() {
    assertThat(REPORT.lines())
        .contains(
            "  sum_30d of spend: fully known from 1970-01-01T00:00:00.200Z on, 3 labels (30.0 %) are before it",
            "  lifetime of spend: fully known never, 10 labels (100.0 %) are before it");
  }

  @Test
  void saysToProgramsFromWhenOnFeaturesAreFullyKnown() {
    assertThat(REPORT.json().get("incomplete"))
        .isEqualTo(
            List.of(
                Map.of(
                    "view", "spend",
                    "feature", "sum_30d",
                    "complete_from", "1970-01-01T00:00:00.200Z",
                    "labels_before", 3L),
                Map.of(
                    "view", "spend",
                    "feature", "lifetime",
                    "complete_from", "never",
                    "labels_before", 10L)));
  }
}
