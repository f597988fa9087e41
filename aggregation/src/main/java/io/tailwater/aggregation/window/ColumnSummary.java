// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/** A summary of one column's values; events without a value do not count. */
abstract class ColumnSummary extends Summary {
  private final int column;
  private final ValueType type;

  ColumnSummary(int column, ValueType type) {
    this.column = column;
    this.type = type;
  }

  final ValueType type() {
    return type;
  }

  abstract Object of(Object value, long time);

  /** The summary with a value more, or {@link #UNKNOWN}. */
  abstract Object with(Object summary, Object value, long time, boolean last);

  abstract boolean minds(Object summary, Object value, long time);

  @Override
  final @Nullable Object include(@Nullable Object summary, Chunk chunk, int index, boolean last) {
    Object value = chunk.column(column).boxedAt(index);
    if (value == null) {
      return summary;
    }
    return summary == null
        ? of(value, chunk.timeAt(index))
        : with(summary, value, chunk.timeAt(index), last);
  }

  @Override
  final boolean minds(Object summary, Chunk chunk, int index) {
    Object value = chunk.column(column).boxedAt(index);
    return value != null && minds(summary, value, chunk.timeAt(index));
  }
}
