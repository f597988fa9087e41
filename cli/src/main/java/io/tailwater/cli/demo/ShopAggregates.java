// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.cli.recompute.Aggregate;
import io.tailwater.cli.recompute.Span;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import java.math.BigDecimal;

/** Aggregates of definitions in the words of the recomputation. */
final class ShopAggregates {
  private ShopAggregates() {}

  /**
   * The aggregate of a feature.
   *
   * @throws IllegalArgumentException if the retail project has grown one that is not recomputed
   */
  static Aggregate of(AggregateFeature feature) {
    Expression input = feature.aggregate().input();
    ValueType.Kind kind = input == null ? ValueType.Kind.BOOL : input.type().kind();
    BigDecimal parameter = feature.aggregate().parameter();
    return new Aggregate(
        feature.aggregate().function(),
        parameter == null ? 0 : parameter.intValueExact(),
        kind == ValueType.Kind.INT32 || kind == ValueType.Kind.INT64,
        feature.aggregate().by() != null,
        span(feature));
  }

  private static Span span(AggregateFeature feature) {
    if (feature.window() instanceof Window.Sliding sliding && sliding.hopMillis() == 1) {
      return new Span.Trailing(sliding.lengthMillis(), sliding.offsetMillis());
    }
    if (feature.window() instanceof Window.Calendar calendar
        && calendar.period() == Window.Calendar.Period.DAY) {
      return new Span.LocalDay(calendar.zone());
    }
    if (feature.window() instanceof Window.Lifetime) {
      return new Span.Lifetime();
    }
    throw new IllegalArgumentException(
        "feature '%s': the demo recomputes no window %s"
            .formatted(feature.name(), feature.window()));
  }
}
