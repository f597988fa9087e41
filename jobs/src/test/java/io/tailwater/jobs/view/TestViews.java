// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.definitions.program.ViewProgram;
import java.math.BigDecimal;
import java.util.List;

/** Views over orders {@code (customer_id, order_id, at, amount, category)}. */
final class TestViews {
  private static final Expression AMOUNT = new Expression("amount", ValueType.DOUBLE);
  private static final Expression CATEGORY = new Expression("category", ValueType.STRING);

  private TestViews() {}

  /**
   * A view named {@code spend}.
   *
   * @param features of {@link #count} and {@link #of}
   */
  static FeatureView spend(long allowedLateness, Feature... features) {
    return new FeatureView(
        "spend",
        new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), ""),
        orders(allowedLateness),
        List.of("customer_id"),
        null,
        List.of(features));
  }

  static Feature count(long window) {
    return feature("count", Aggregate.countAll(), window);
  }

  /** A sum, minimum or maximum of the amount. */
  static Feature of(AggregateFunction function, long window) {
    return feature(function.name(), Aggregate.of(function, AMOUNT), window);
  }

  /** Of the amount over any window. */
  static Feature over(Window window, AggregateFunction function) {
    return over(window, Aggregate.of(function, AMOUNT));
  }

  /** With a number of values, of the amount over any window. */
  static Feature over(Window window, AggregateFunction function, int n) {
    return over(window, Aggregate.of(function, AMOUNT, BigDecimal.valueOf(n)));
  }

  /** Of the amount by category over any window. */
  static Feature byCategory(Window window, AggregateFunction function) {
    return over(window, Aggregate.of(function, AMOUNT).by(CATEGORY));
  }

  /** With a number of values, of the amount by category over any window. */
  static Feature byCategory(Window window, AggregateFunction function, int n) {
    return over(window, Aggregate.of(function, AMOUNT, BigDecimal.valueOf(n)).by(CATEGORY));
  }

  /**
   * What the view's log keeps of an event of that amount, whose category follows from it; without
   * an amount there is none.
   */
  static Object[] columns(FeatureView view, Double amount) {
    return ViewProgram.planOf(view).columns().stream()
        .map(type -> amount == null ? null : column(type, amount))
        .toArray();
  }

  private static Object column(ValueType type, double amount) {
    return switch (type.kind()) {
      case BOOL -> true;
      case DOUBLE -> amount;
      default -> category(amount);
    };
  }

  private static Object category(double amount) {
    return "category-" + (int) amount % 5;
  }

  private static Feature over(Window window, Aggregate aggregate) {
    String name = "%s of %s over %s".formatted(aggregate.function(), aggregate.by(), window);
    return new AggregateFeature(name, "orders", aggregate, window);
  }

  private static Feature feature(String name, Aggregate aggregate, long window) {
    return new AggregateFeature(name + "_" + window, "orders", aggregate, Window.sliding(window));
  }

  private static EventSource orders(long allowedLateness) {
    return new EventSource(
        "orders",
        "{}",
        List.of(
            new Field("customer_id", ValueType.INT64, true),
            new Field("order_id", ValueType.STRING, false),
            new Field("at", ValueType.TIMESTAMP, false),
            new Field("amount", ValueType.DOUBLE, true),
            new Field("category", ValueType.STRING, true)),
        new EventTime("at", null, "UTC"),
        List.of("order_id"),
        List.of(),
        new WatermarkPolicy(0, 1_000, allowedLateness, 1_000),
        null);
  }
}
