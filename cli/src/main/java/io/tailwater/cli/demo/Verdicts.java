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

  /**
   * The verdict that is due in a view of the event's source. The checks run in the order that
   * DESIGN gives them.
   */
  static Verdict of(ShopView view, ProducedEvent produced) {
    ShopEvent event = produced.event();
    if (event == null || produced.fate() == Fate.BROKEN) {
      return Verdict.MALFORMED;
    }
    if (!view.takes(event)) {
      return Verdict.FILTERED;
    }
    if (view.key(event) == null) {
      return view.sees(event) ? Verdict.MALFORMED : Verdict.FILTERED;
    }
    return switch (produced.fate()) {
      case FUTURE -> Verdict.FUTURE;
      case TOO_LATE -> Verdict.TOO_LATE;
      case DUPLICATE -> Verdict.DUPLICATE;
      case ORDINARY, BROKEN -> Verdict.APPLIED;
    };
  }

  /** What the view must have counted of each of its sources once it has read all of them. */
  static List<ViewAccounting> accounting(ShopView view, List<ProducedEvent> events) {
    return view.definition().inputs().stream()
        .map(input -> accounting(view, input.source().name(), events))
        .toList();
  }

  private static ViewAccounting accounting(
      ShopView view, String source, List<ProducedEvent> events) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
    List<ProducedEvent> own =
        events.stream().filter(event -> event.source().equals(source)).toList();
    own.forEach(event -> counts.merge(of(view, event), 1L, Long::sum));
    return new ViewAccounting(source, view.definition().name(), own.size(), counts);
  }
}
