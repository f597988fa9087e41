// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over what columns hold: equal ones have equal values, in whatever plans. A {@code
 * count(*)} counts the marks of an input's events, whether they are logged or not.
 *
 * @param by the column of the category; null if there is none
 */
public record LoggedAggregate(
    AggregateFunction function,
    @Nullable BigDecimal parameter,
    LoggedColumn column,
    @Nullable LoggedColumn by,
    Window window) {
  public LoggedAggregate {
    requireNonNull(function, "function is null");
    requireNonNull(column, "column is null");
    requireNonNull(window, "window is null");
  }

  /**
   * An aggregate of a plan.
   *
   * @param columns those of the plan
   * @param input the view's only one, for {@code count(*)}
   */
  static LoggedAggregate of(
      WindowedAggregate aggregate, List<LoggedColumn> columns, LoggedInput input) {
    boolean counts = aggregate.function() == AggregateFunction.COUNT_ALL;
    return new LoggedAggregate(
        counts ? AggregateFunction.COUNT : aggregate.function(),
        aggregate.parameter(),
        counts ? LoggedColumn.everyEventOf(input) : columns.get(aggregate.column()),
        aggregate.byColumn() == WindowedAggregate.NO_COLUMN
            ? null
            : columns.get(aggregate.byColumn()),
        aggregate.window());
  }
}
