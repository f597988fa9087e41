// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.recompute.Fact;
import io.tailwater.jobs.accounting.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The applied events of a view, each once, by entity. */
final class Facts {
  /** Two orders of an entity with the same are the same event. */
  private record Identity(List<Object> key, String orderId, long eventTime) {}

  private Facts() {}

  /** By the join keys of each entity, the facts that its features are made of. */
  static Map<List<Object>, List<Fact>> of(ShopView view, List<ProducedEvent> events) {
    Map<Identity, Order> distinct = new LinkedHashMap<>();
    for (ProducedEvent event : events) {
      Verdict verdict = Verdicts.of(view, event);
      if (verdict == Verdict.APPLIED || verdict == Verdict.DUPLICATE) {
        Order order = requireNonNull(event.order());
        List<Object> key = Arrays.asList(requireNonNull(view.key(order)));
        Identity identity = new Identity(key, order.orderId(), order.eventTime());
        distinct.merge(identity, order, Facts::lesser);
      }
    }
    Map<List<Object>, List<Fact>> facts = new HashMap<>();
    distinct.forEach(
        (identity, order) ->
            facts.computeIfAbsent(identity.key(), key -> new ArrayList<>()).add(view.fact(order)));
    return facts;
  }

  /** Of two contents of one event, the one with the least bytes counts. */
  private static Order lesser(Order left, Order right) {
    return left.quantity() <= right.quantity() ? left : right;
  }
}
