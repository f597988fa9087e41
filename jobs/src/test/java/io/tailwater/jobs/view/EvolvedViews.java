// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of a view over orders and carts {@code (customer_id, id, at, amount, category)}. */
final class EvolvedViews {
  static final long LATENESS = 50;

  private EvolvedViews() {}

  static FeatureView orders(Feature... features) {
    return view(List.of(input("orders", null, LATENESS)), features);
  }

  static FeatureView ordersWhere(String condition, Feature... features) {
    return view(List.of(input("orders", condition, LATENESS)), features);
  }

  static FeatureView ordersAllowing(long lateness, Feature... features) {
    return view(List.of(input("orders", null, lateness)), features);
  }

  static FeatureView ordersAndCarts(Feature... features) {
    return view(List.of(input("orders", null, LATENESS), input("carts", null, LATENESS)), features);
  }

  static FeatureView cartsAndOrders(Feature... features) {
    return view(List.of(input("carts", null, LATENESS), input("orders", null, LATENESS)), features);
  }

  static FeatureView view(List<ViewInput> inputs, Feature... features) {
    Entity customer =
        new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), "");
    return new FeatureView("spend", customer, inputs, List.of(features), null, Metadata.NONE);
  }

  static ViewInput input(String source, @Nullable String where, long lateness) {
    return new ViewInput(
        source(source, "id", lateness),
        List.of("customer_id"),
        where == null ? null : new Expression(where, ValueType.BOOL));
  }

  static EventSource source(String name, String eventId, long lateness) {
    return new EventSource(
        name,
        "{}",
        List.of(
            new Field("customer_id", ValueType.INT64, true),
            new Field("id", ValueType.STRING, false),
            new Field("at", ValueType.TIMESTAMP, false),
            new Field("amount", ValueType.DOUBLE, true),
            new Field("category", ValueType.STRING, true)),
        new EventTime("at", null, "UTC"),
        List.of(eventId),
        List.of(),
        new WatermarkPolicy(0, 1_000, lateness, 1_000),
        null);
  }

  static AggregateFeature count(String name, String source, Window window) {
    return new AggregateFeature(name, source, Aggregate.countAll(), window);
  }

  static AggregateFeature of(String name, AggregateFunction function, String field, Window window) {
    ValueType type = field.equals("amount") ? ValueType.DOUBLE : ValueType.STRING;
    return new AggregateFeature(
        name, "orders", Aggregate.of(function, new Expression(field, type)), window);
  }

  static AggregateFeature ofWhere(
      String name, AggregateFunction function, String field, String where, Window window) {
    return of(name, function, field, window).where(new Expression(where, ValueType.BOOL));
  }

  /** The same feature under a new name. */
  static AggregateFeature renamed(String name, AggregateFeature was) {
    return new AggregateFeature(
        name,
        was.source(),
        was.aggregate(),
        was.where(),
        was.window(),
        was.defaultValue(),
        was.metadata(),
        was.name());
  }

  /** A DOUBLE of other features. */
  static DerivedFeature derived(String name, String sql) {
    return new DerivedFeature(name, new Expression(sql, ValueType.DOUBLE), null, Metadata.NONE);
  }

  static Window last(long millis) {
    return Window.sliding(millis);
  }

  /** Features of two lists. */
  static Feature[] both(List<Feature> some, Feature... others) {
    List<Feature> all = new ArrayList<>(some);
    all.addAll(List.of(others));
    return all.toArray(Feature[]::new);
  }
}
