// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a view's vector of its aggregates: defaults, then expressions, feature by feature. */
final class FeatureVector {
  private final List<Slot> slots = new ArrayList<>();
  private final Map<Integer, List<String>> featuresOfAggregate = new HashMap<>();
  private final FeatureNulls nulls;

  FeatureVector(FeatureView view, LogLayout layout, FeatureNulls nulls) {
    this.nulls = nulls;
    List<Field> before = new ArrayList<>();
    for (Feature feature : view.features()) {
      slots.add(slot(feature, before, layout, nulls));
      before.add(new Field(feature.name(), feature.type(), true));
    }
  }

  @Nullable Object[] of(@Nullable Object[] aggregates) {
    @Nullable Object[] vector = new @Nullable Object[slots.size()];
    for (int i = 0; i < vector.length; i++) {
      Slot slot = slots.get(i);
      Object value = slot.value().of(aggregates, vector);
      vector[i] = value == null ? slot.defaultValue() : value;
    }
    return vector;
  }

  /** Tells of the features that have that aggregate for a value. */
  void overflowed(int aggregate) {
    featuresOfAggregate.getOrDefault(aggregate, List.of()).forEach(nulls::overflowed);
  }

  private Slot slot(Feature feature, List<Field> before, LogLayout layout, FeatureNulls nulls) {
    if (feature instanceof DerivedFeature derived) {
      WatchedExpression expression =
          WatchedExpression.compile(derived.expression(), before, List.of(derived.name()), nulls);
      return new Slot((aggregates, vector) -> expression.evaluate(vector), derived.defaultValue());
    }
    AggregateFeature aggregate = (AggregateFeature) feature;
    int index = layout.aggregateOf(aggregate.name());
    featuresOfAggregate.computeIfAbsent(index, added -> new ArrayList<>()).add(aggregate.name());
    return new Slot((aggregates, vector) -> aggregates[index], aggregate.defaultValue());
  }

  private record Slot(Value value, @Nullable Object defaultValue) {}

  @FunctionalInterface
  private interface Value {
    /** The value, given the aggregates and the features before this one. */
    @Nullable Object of(@Nullable Object[] aggregates, @Nullable Object[] vector);
  }
}
