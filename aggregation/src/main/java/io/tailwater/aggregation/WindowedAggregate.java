// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over one window.
 *
 * @param function the aggregate
 * @param parameter what the function takes beside the column: n, k or p; null for those that take
 *     nothing
 * @param column the index of the log's column; {@link #NO_COLUMN} for {@code count(*)}
 * @param byColumn the index of the column, a STRING, by whose values the result is split into a
 *     map; {@link #NO_COLUMN} if it is not. The map has the aggregate of each category where that
 *     is not null; a category that no value of the window has is not in it, and events without a
 *     category count nowhere. {@code count(*)} needs a column then: of what is counted
 * @param window which events it sees
 */
public record WindowedAggregate(
    AggregateFunction function,
    @Nullable BigDecimal parameter,
    int column,
    int byColumn,
    Window window)
    implements Serializable {
  /** The column of an aggregate that has none. */
  public static final int NO_COLUMN = -1;

  public WindowedAggregate {
    requireNonNull(function, "function is null");
    requireNonNull(window, "window is null");
    if ((function == AggregateFunction.COUNT_ALL) != (column == NO_COLUMN)) {
      throw new IllegalArgumentException("%s with column %d".formatted(function, column));
    }
    if (!function.parameter().accepts(parameter)) {
      throw new IllegalArgumentException(
          "%s with %s, expected %s"
              .formatted(function, parameter, function.parameter().expectation()));
    }
    if (function == AggregateFunction.COUNT_ALL && byColumn != NO_COLUMN) {
      throw new IllegalArgumentException("count(*) by a column: count a column of marks");
    }
  }

  /** An aggregate over the sliding window [t − windowMillis, t]. */
  public static WindowedAggregate sliding(
      AggregateFunction function, int column, long windowMillis) {
    return new WindowedAggregate(function, null, column, NO_COLUMN, Window.sliding(windowMillis));
  }
}
