// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.recompute.Differences;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.cli.recompute.Horizon;
import io.tailwater.cli.recompute.OfflineComparison;
import io.tailwater.cli.recompute.OnlineComparison;
import io.tailwater.cli.recompute.Step;
import io.tailwater.cli.recompute.StepFunction;
import io.tailwater.cli.report.StoreCounts;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
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

  /**
   * Compares.
   *
   * @param online the vectors in Redis, by key
   * @param offline the rows in Iceberg, by key
   */
  StoreCounts compare(
      Map<List<Object>, OnlineVector> online,
      Map<List<Object>, List<OfflineRow>> offline,
      Horizons horizons,
      Differences differences) {
    String name = view.definition().name();
    OnlineComparison onlineComparison =
        new OnlineComparison(differences, name, horizons.online());
    OfflineComparison offlineComparison =
        new OfflineComparison(differences, name, horizons.offline());
    Set<List<Object>> keys = new HashSet<>(facts.keySet());
    keys.addAll(online.keySet());
    keys.addAll(offline.keySet());
    for (List<Object> key : keys) {
      List<Step> steps = StepFunction.of(view.aggregates(), view, facts.getOrDefault(key, List.of()));
      onlineComparison.compare(key.toString(), steps, online.get(key));
      offlineComparison.compare(key.toString(), steps, offline.getOrDefault(key, List.of()));
    }
    return new StoreCounts(
        name, online.size(), offline.values().stream().mapToLong(List::size).sum());
  }

  /** How far each store had come when it was read. */
  record Horizons(Horizon online, Horizon offline) {}
}
