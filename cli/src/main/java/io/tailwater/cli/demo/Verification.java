// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.recompute.Differences;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.cli.recompute.OfflineComparison;
import io.tailwater.cli.recompute.OnlineComparison;
import io.tailwater.cli.recompute.Step;
import io.tailwater.cli.recompute.StepFunction;
import io.tailwater.cli.report.StoreCounts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recomputes a view for every entity from what was sent, and compares both stores with it. */
final class Verification {
  private final ShopView view;
  private final Map<List<Object>, List<Fact>> facts;

  Verification(ShopView view, List<ProducedEvent> sent) {
    this.view = view;
    this.facts = Facts.of(view, sent);
  }

  /** Compares what the stores hold. */
  StoreCounts compare(StoreContents stored, Differences differences) {
    String name = view.definition().name();
    OnlineComparison online = new OnlineComparison(differences, name, stored.onlineHorizon());
    OfflineComparison offline = new OfflineComparison(differences, name, stored.offlineHorizon());
    long until = Math.max(stored.onlineHorizon().latest(), stored.offlineHorizon().latest());
    Set<List<Object>> keys = new HashSet<>(facts.keySet());
    keys.addAll(stored.online().keySet());
    keys.addAll(stored.offline().keySet());
    for (List<Object> key : keys) {
      List<Step> steps =
          StepFunction.of(view.aggregates(), view, facts.getOrDefault(key, List.of()), until);
      online.compare(key.toString(), steps, stored.online().get(key));
      offline.compare(key.toString(), steps, stored.offline().getOrDefault(key, List.of()));
    }
    return new StoreCounts(
        name,
        stored.online().size(),
        stored.offline().values().stream().mapToLong(List::size).sum());
  }
}
