// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.StoredView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a view's stored vector of its inputs, which are inputs or a query's columns: defaults, then
 * expressions, feature by feature.
 */
final class FeatureVector {
  private final List<Slot> slots = new ArrayList<>();
  private final Map<Integer, List<String>> featuresOfInput = new HashMap<>();
  private final FeatureNulls nulls;

  /**
   * The vector of a view.
   *
   * @param inputOf the index of the input that is the value of a feature without an expression
   */
  FeatureVector(StoredView view, ToIntFunction<String> inputOf, FeatureNulls nulls) {
    this.nulls = nulls;
    List<Field> before = new ArrayList<>();
    for (Feature feature : view.storedFeatures()) {
      slots.add(slot(feature, before, inputOf, nulls));
      before.add(new Field(feature.name(), feature.type(), true));
    }
  }

  @Nullable Object[] of(@Nullable Object[] inputs) {
    @Nullable Object[] vector = new @Nullable Object[slots.size()];
    for (int i = 0; i < vector.length; i++) {
      Slot slot = slots.get(i);
      Object value = slot.value().of(inputs, vector);
      vector[i] = value == null ? slot.defaultValue() : value;
    }
    return vector;
  }

  /** Tells of the features that have that input for a value. */
  void overflowed(int input) {
    featuresOfInput.getOrDefault(input, List.of()).forEach(nulls::overflowed);
  }

  private Slot slot(
      Feature feature, List<Field> before, ToIntFunction<String> inputOf, FeatureNulls nulls) {
    if (feature instanceof DerivedFeature derived) {
      WatchedExpression expression =
          WatchedExpression.compile(derived.expression(), before, List.of(derived.name()), nulls);
      return new Slot((inputs, vector) -> expression.evaluate(vector), derived.defaultValue());
    }
    int index = inputOf.applyAsInt(feature.name());
    featuresOfInput.computeIfAbsent(index, added -> new ArrayList<>()).add(feature.name());
    return new Slot((inputs, vector) -> inputs[index], feature.defaultValue());
  }

  private record Slot(Value value, @Nullable Object defaultValue) {}

  @FunctionalInterface
  private interface Value {
    /** The value, given the inputs and the features before this one. */
    @Nullable Object of(@Nullable Object[] inputs, @Nullable Object[] vector);
  }
}
