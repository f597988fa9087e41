// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.recompute.Differences;
import io.tailwater.cli.report.StoreCounts;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.ArrayList;
import java.util.List;

/** What the stores and the job say against what was sent. */
final class DemoComparison {
  private DemoComparison() {}

  /** Compares every view and writes the report. */
  static DemoReport compare(DemoStage stage, long seed, Performance.Outcome outcome) {
    List<ViewAccounting> counts = stage.pipeline().accounting();
    List<ViewAccounting> expected = new ArrayList<>();
    List<StoreCounts> stores = new ArrayList<>();
    Differences differences = new Differences();
    for (FeatureView definition : stage.project().views()) {
      ShopView view = new ShopView(definition);
      expected.addAll(Verdicts.accounting(view, outcome.sent()));
      StoreContents stored = StoreContents.read(stage, definition, outcome.complete());
      stores.add(new Verification(view, outcome.sent()).compare(stored, differences));
    }
    return new DemoReport(
        seed,
        counts,
        expected,
        stores,
        outcome.eventsPerSecond(),
        outcome.freshness(),
        differences.compared(),
        differences.count(),
        differences.examples());
  }
}
