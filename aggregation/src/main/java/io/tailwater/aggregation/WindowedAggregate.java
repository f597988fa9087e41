// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One aggregate over one sliding window.
 *
 * @param function the aggregate
 * @param column the index of the log's column; {@link #NO_COLUMN} for {@code count(*)}
 * @param windowMillis the window's length W in milliseconds, positive: at instant t it holds the
 *     events in [t − W, t]
 */
public record WindowedAggregate(AggregateFunction function, int column, long windowMillis)
    implements Serializable {
  /** The column of an aggregate that has none. */
  public static final int NO_COLUMN = -1;

  public WindowedAggregate {
    requireNonNull(function, "function is null");
    if ((function == AggregateFunction.COUNT_ALL) != (column == NO_COLUMN)) {
      throw new IllegalArgumentException("%s with column %d".formatted(function, column));
    }
    if (windowMillis <= 0) {
      throw new IllegalArgumentException("window of %d ms is not positive".formatted(windowMillis));
    }
  }
}
