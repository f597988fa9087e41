// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What must become of produced events, by what they were made for. */
final class Verdicts {
  private Verdicts() {}

  /** The verdict that is due. The checks run in the order that DESIGN gives them. */
  static Verdict of(ShopView view, ProducedEvent event) {
    Order order = event.order();
    if (order == null || event.fate() == Fate.BROKEN) {
      return Verdict.MALFORMED;
    }
    if (!view.takes(order)) {
      return Verdict.FILTERED;
    }
    if (view.key(order) == null) {
      return Verdict.MALFORMED;
    }
    return switch (event.fate()) {
      case FUTURE -> Verdict.FUTURE;
      case TOO_LATE -> Verdict.TOO_LATE;
      case DUPLICATE -> Verdict.DUPLICATE;
      case ORDINARY, BROKEN -> Verdict.APPLIED;
    };
  }

  /** What the view must have counted once it has read all of them. */
  static ViewAccounting accounting(ShopView view, List<ProducedEvent> events) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
    events.forEach(event -> counts.merge(of(view, event), 1L, Long::sum));
    return new ViewAccounting(
        view.definition().source().name(), view.definition().name(), events.size(), counts);
  }
}
