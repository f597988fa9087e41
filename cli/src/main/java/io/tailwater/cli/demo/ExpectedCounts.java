// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.report.ViewCounts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many events a view must have met with each verdict, by what they were made for. */
final class ExpectedCounts {
  private ExpectedCounts() {}

  static ViewCounts of(ShopView view, List<ProducedEvent> events) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
    events.forEach(event -> counts.merge(Verdict.of(view, event), 1L, Long::sum));
    return new ViewCounts(
        view.definition().source().name(),
        view.definition().name(),
        events.size(),
        counts.getOrDefault(Verdict.APPLIED, 0L),
        counts.getOrDefault(Verdict.FILTERED, 0L),
        counts.getOrDefault(Verdict.DUPLICATE, 0L),
        counts.getOrDefault(Verdict.TOO_LATE, 0L),
        counts.getOrDefault(Verdict.MALFORMED, 0L),
        counts.getOrDefault(Verdict.FUTURE, 0L));
  }
}
