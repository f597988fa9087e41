// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.recompute.Categorised;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.jobs.accounting.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The applied events of a view, each once, by entity. */
final class Facts {
  /** Two events of an entity with the same are the same event. */
  private record Identity(List<Object> key, String source, String id, long eventTime) {}

  private Facts() {}

  /** By the join keys of each entity, the facts that its features are made of. */
  static Map<List<Object>, List<Fact>> of(ShopView view, List<ProducedEvent> events) {
    Map<Identity, Fact> distinct = new LinkedHashMap<>();
    for (ProducedEvent produced : events) {
      Verdict verdict = view.reads(produced) ? Verdicts.of(view, produced) : Verdict.FILTERED;
      if (verdict == Verdict.APPLIED || verdict == Verdict.DUPLICATE) {
        ShopEvent event = requireNonNull(produced.event());
        List<Object> key = Arrays.asList(requireNonNull(view.key(event)));
        Identity identity = new Identity(key, event.source(), event.id(), event.eventTime());
        distinct.merge(identity, view.fact(event), Facts::lesser);
      }
    }
    Map<List<Object>, List<Fact>> facts = new HashMap<>();
    distinct.forEach(
        (identity, fact) ->
            facts.computeIfAbsent(identity.key(), key -> new ArrayList<>()).add(fact));
    return facts;
  }

  /** Of two contents of one event the lesser one counts: the first difference decides. */
  private static Fact lesser(Fact left, Fact right) {
    for (int i = 0; i < left.inputs().length; i++) {
      int order = compare(left.inputs()[i], right.inputs()[i]);
      if (order != 0) {
        return order < 0 ? left : right;
      }
    }
    return left;
  }

  /** Nulls first, then by value. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Inputs of one aggregate are of one class.
  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    if (left instanceof Categorised one && right instanceof Categorised other) {
      int order = compare(one.value(), other.value());
      return order != 0 ? order : compare(one.category(), other.category());
    }
    return ((Comparable) left).compareTo(right);
  }
}
