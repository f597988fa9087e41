// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of the events in a window, as {@code sum(line_total)} by {@code category}.
 *
 * @param function the aggregate
 * @param parameter what the function takes beside the input, as the n of {@code last_n(x, n)}; null
 *     if it takes nothing
 * @param input what is aggregated, over the source's {@linkplain EventSource#row() row}; null for
 *     {@code count(*)} and only for it
 * @param by the category, a STRING expression over the row, whose values are the keys of a map;
 *     null if there is one value for all events
 */
public record Aggregate(
    AggregateFunction function,
    @Nullable BigDecimal parameter,
    @Nullable Expression input,
    @Nullable Expression by)
    implements Serializable {
  public Aggregate {
    requireNonNull(function, "function is null");
    if ((function == AggregateFunction.COUNT_ALL) != (input == null)) {
      throw new IllegalArgumentException("%s with input %s".formatted(function, input));
    }
    if (!function.parameter().accepts(parameter)) {
      throw new IllegalArgumentException(
          "%s with %s, expected %s"
              .formatted(function, parameter, function.parameter().expectation()));
    }
    if (by != null && !by.type().equals(ValueType.STRING)) {
      throw new IllegalArgumentException(
          "%s by '%s', a %s".formatted(function, by.sql(), by.type()));
    }
    valueType(function, input);
  }

  /** {@code count(*)}. */
  public static Aggregate countAll() {
    return new Aggregate(AggregateFunction.COUNT_ALL, null, null, null);
  }

  /** A function that takes nothing but its input. */
  public static Aggregate of(AggregateFunction function, Expression input) {
    return new Aggregate(function, null, input, null);
  }

  /** A function with its second argument. */
  public static Aggregate of(AggregateFunction function, Expression input, BigDecimal parameter) {
    return new Aggregate(function, parameter, input, null);
  }

  /** The same for each category. */
  public Aggregate by(Expression category) {
    return new Aggregate(function, parameter, input, category);
  }

  /** The type of the values: by a category, a map. */
  public ValueType type() {
    ValueType value = valueType(function, input);
    return by == null ? value : ValueType.mapOf(value);
  }

  /** As a definition writes it, without the category. */
  public String sql() {
    if (input == null) {
      return "count(*)";
    }
    if (function == AggregateFunction.COUNT_DISTINCT) {
      return "count(distinct %s)".formatted(input.sql());
    }
    return "%s(%s%s)"
        .formatted(function.sqlName(), input.sql(), parameter == null ? "" : ", " + parameter);
  }

  private static ValueType valueType(AggregateFunction function, @Nullable Expression input) {
    ValueType type = input == null ? null : input.type();
    return function
        .resultType(type)
        .orElseThrow(() -> new IllegalArgumentException("%s of %s".formatted(function, type)));
  }
}
