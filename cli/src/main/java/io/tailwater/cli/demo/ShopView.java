// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.recompute.Aggregate;
import io.tailwater.cli.recompute.Categorised;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.cli.recompute.Vectors;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
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
  private final List<AggregateFeature> features = new ArrayList<>();
  private final List<Aggregate> aggregates;

  ShopView(FeatureView view) {
    this.view = view;
    for (Feature feature : view.storedFeatures()) {
      if (feature instanceof AggregateFeature aggregate) {
        features.add(aggregate);
      }
    }
    this.aggregates = features.stream().map(ShopAggregates::of).toList();
  }

  FeatureView definition() {
    return view;
  }

  /** Whether the event is of one of the view's sources. */
  boolean reads(ProducedEvent event) {
    return view.inputOf(event.source()) >= 0;
  }

  /** The join keys of the event's entity; null if one of them is missing. */
  Object @Nullable [] key(ShopEvent event) {
    List<String> keyFields = input(event).keyFields();
    Object[] key = new Object[keyFields.size()];
    for (int i = 0; i < key.length; i++) {
      Object part = event.value(keyFields.get(i));
      if (part == null) {
        return null;
      }
      key[i] = part;
    }
    return key;
  }

  /** Whether the condition of the event's source in the view takes it. */
  boolean takes(ShopEvent event) {
    Expression where = input(event).where();
    return where == null || ShopSql.isTrue(where.sql(), event);
  }

  /** Whether some feature takes it. */
  boolean sees(ShopEvent event) {
    return features.stream().anyMatch(feature -> sees(feature, event));
  }

  /** What the view takes from an event. */
  Fact fact(ShopEvent event) {
    @Nullable Object[] inputs = new Object[features.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = sees(features.get(i), event) ? input(features.get(i), event) : null;
    }
    return new Fact(event.eventTime(), event.id(), inputs);
  }

  /** The view's aggregates, in its order. */
  List<Aggregate> aggregates() {
    return aggregates;
  }

  @Override
  public @Nullable Object[] features(List<@Nullable Object> values) {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    int next = 0;
    for (Feature feature : view.storedFeatures()) {
      Object value =
          feature instanceof DerivedFeature derived
              ? ShopSql.derived(derived.expression().sql(), byName)
              : values.get(next++);
      byName.put(feature.name(), value == null ? feature.defaultValue() : value);
    }
    return byName.values().toArray();
  }

  private ViewInput input(ShopEvent event) {
    return view.inputs().get(view.inputOf(event.source()));
  }

  private static boolean sees(AggregateFeature feature, ShopEvent event) {
    Expression where = feature.where();
    return feature.source().equals(event.source())
        && (where == null || ShopSql.isTrue(where.sql(), event));
  }

  private static @Nullable Object input(AggregateFeature feature, ShopEvent event) {
    Expression input = feature.aggregate().input();
    Object value = input == null ? true : event.value(input.sql());
    Expression by = feature.aggregate().by();
    if (by == null || value == null) {
      return value;
    }
    Object category = event.value(by.sql());
    return category == null ? null : new Categorised(category.toString(), value);
  }
}
