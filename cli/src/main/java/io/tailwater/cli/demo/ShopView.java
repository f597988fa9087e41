// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.cli.recompute.Aggregate;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.cli.recompute.Vectors;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view of the retail project as the demo understands it by itself. Windows, functions and
 * defaults come from the definition; what its SQL texts mean is spelled out here once more in Java,
 * so that the pipeline's expressions are checked too.
 */
final class ShopView implements Vectors {
  private final FeatureView view;
  private final List<AggregateFeature> aggregates = new ArrayList<>();

  ShopView(FeatureView view) {
    this.view = view;
    for (Feature feature : view.features()) {
      if (feature instanceof AggregateFeature aggregate) {
        aggregates.add(aggregate);
      }
    }
  }

  FeatureView definition() {
    return view;
  }

  /** The join keys of the order's entity; null if one of them is missing. */
  Object @Nullable [] key(Order order) {
    List<String> keyFields = view.inputs().get(0).keyFields();
    Object[] key = new Object[keyFields.size()];
    for (int i = 0; i < key.length; i++) {
      Object part = OrderFields.value(order, keyFields.get(i));
      if (part == null) {
        return null;
      }
      key[i] = part;
    }
    return key;
  }

  /** Whether the view's {@code where} takes the order. */
  boolean takes(Order order) {
    Expression where = view.inputs().get(0).where();
    return where == null || ShopSql.isTrue(where.sql(), order);
  }

  /** What the view takes from an order. */
  Fact fact(Order order) {
    @Nullable Object[] inputs = new Object[aggregates.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = input(aggregates.get(i), order);
    }
    return new Fact(order.eventTime(), inputs);
  }

  /** The view's aggregates, in its order. */
  List<Aggregate> aggregates() {
    return aggregates.stream().map(ShopView::aggregate).toList();
  }

  @Override
  public @Nullable Object[] features(List<@Nullable Object> values) {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    int next = 0;
    for (Feature feature : view.features()) {
      Object value =
          feature instanceof DerivedFeature derived
              ? ShopSql.derived(derived.expression().sql(), byName)
              : values.get(next++);
      byName.put(feature.name(), value == null ? feature.defaultValue() : value);
    }
    return byName.values().toArray();
  }

  private static @Nullable Object input(AggregateFeature feature, Order order) {
    Expression where = feature.where();
    if (where != null && !ShopSql.isTrue(where.sql(), order)) {
      return null;
    }
    Expression input = feature.aggregate().input();
    return input == null ? order : OrderFields.value(order, input.sql());
  }

  private static Aggregate aggregate(AggregateFeature feature) {
    Expression input = feature.aggregate().input();
    ValueType.Kind kind = input == null ? ValueType.Kind.BOOL : input.type().kind();
    boolean integers = kind == ValueType.Kind.INT32 || kind == ValueType.Kind.INT64;
    // count(*) with a condition counts the orders that meet it: those with an input.
    AggregateFunction function =
        feature.where() != null && feature.aggregate().function() == AggregateFunction.COUNT_ALL
            ? AggregateFunction.COUNT
            : feature.aggregate().function();
    return new Aggregate(function, integers, length(feature));
  }

  private static long length(AggregateFeature feature) {
    if (feature.window() instanceof Window.Sliding sliding
        && sliding.offsetMillis() == 0
        && sliding.hopMillis() == 1) {
      return sliding.lengthMillis();
    }
    throw new IllegalArgumentException(
        "feature '%s': the demo recomputes no window %s"
            .formatted(feature.name(), feature.window()));
  }
}
