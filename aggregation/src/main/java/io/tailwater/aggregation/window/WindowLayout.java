// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of one window hold: an accumulator for each column that is counted, summed or
 * averaged, an extreme for each column's min or max.
 */
final class WindowLayout {
  private record Extreme(int column, boolean greatest) {}

  private final long windowMillis;
  private final List<ValueType> columns;
  private final List<Boolean> summed = new ArrayList<>();
  private final List<Extreme> extremes = new ArrayList<>();
  private final int[] accumulatorColumns;
  private final boolean hasExtremes;

  WindowLayout(AggregationPlan plan, long windowMillis) {
    this.windowMillis = windowMillis;
    this.columns = plan.columns();
    List<Integer> accumulated = new ArrayList<>();
    for (WindowedAggregate aggregate : plan.aggregates()) {
      if (length(aggregate) == windowMillis) {
        require(aggregate, accumulated);
      }
    }
    this.accumulatorColumns = accumulated.stream().mapToInt(Integer::intValue).toArray();
    this.hasExtremes = !extremes.isEmpty();
  }

  private void require(WindowedAggregate aggregate, List<Integer> accumulated) {
    switch (aggregate.function()) {
      case COUNT_ALL -> {}
      case COUNT -> requireAccumulator(aggregate.column(), false, accumulated);
      case SUM, AVG -> requireAccumulator(aggregate.column(), true, accumulated);
      case MIN -> requireExtreme(new Extreme(aggregate.column(), false));
      case MAX -> requireExtreme(new Extreme(aggregate.column(), true));
      default -> throw new IllegalArgumentException("%s".formatted(aggregate));
    }
  }

  private void requireAccumulator(int column, boolean sum, List<Integer> accumulated) {
    int slot = accumulated.indexOf(column);
    if (slot < 0) {
      accumulated.add(column);
      summed.add(sum);
    } else if (sum) {
      summed.set(slot, true);
    }
  }

  private void requireExtreme(Extreme extreme) {
    if (!extremes.contains(extreme)) {
      extremes.add(extreme);
    }
  }

  static long length(WindowedAggregate aggregate) {
    return ((Window.Sliding) aggregate.window()).lengthMillis();
  }

  long windowMillis() {
    return windowMillis;
  }

  int accumulatorColumn(int slot) {
    return accumulatorColumns[slot];
  }

  boolean hasExtremes() {
    return hasExtremes;
  }

  int extremeCount() {
    return extremes.size();
  }

  int extremeColumn(int slot) {
    return extremes.get(slot).column();
  }

  ValueType extremeType(int slot) {
    return columns.get(extremes.get(slot).column());
  }

  /** Whether {@code candidate} beats {@code current} in an extreme slot; null never does. */
  boolean beats(int slot, @Nullable Object candidate, @Nullable Object current) {
    if (candidate == null) {
      return false;
    }
    if (current == null) {
      return true;
    }
    int order = ValueOrder.compare(candidate, current);
    return extremes.get(slot).greatest() ? order > 0 : order < 0;
  }

  Accumulator[] newAccumulators() {
    Accumulator[] accumulators = new Accumulator[accumulatorColumns.length];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = Accumulator.create(columns.get(accumulatorColumns[i]), summed.get(i));
    }
    return accumulators;
  }

  Frame newFrame(long openChunk) {
    return new Frame(new Pointer(openChunk, Pointer.NOWHERE), newAccumulators(), new Segments());
  }

  /** The slot of an aggregate: of its accumulator, or of its extreme; −1 for {@code count(*)}. */
  int slot(WindowedAggregate aggregate) {
    AggregateFunction function = aggregate.function();
    return switch (function) {
      case COUNT_ALL -> -1;
      case COUNT, SUM, AVG -> accumulatorSlot(aggregate.column());
      case MIN -> extremes.indexOf(new Extreme(aggregate.column(), false));
      case MAX -> extremes.indexOf(new Extreme(aggregate.column(), true));
      default -> throw new IllegalArgumentException("%s".formatted(aggregate));
    };
  }

  private int accumulatorSlot(int column) {
    int slot = 0;
    while (accumulatorColumns[slot] != column) {
      slot++;
    }
    return slot;
  }

  /** The result of an aggregate whose {@link #slot} is known. */
  @Nullable Object result(Frame frame, AggregateFunction function, int slot) {
    return switch (function) {
      case COUNT_ALL -> frame.boxedCount();
      case COUNT -> frame.accumulators[slot].count();
      case SUM -> frame.accumulators[slot].sum();
      case AVG -> frame.accumulators[slot].average();
      case MIN, MAX -> typed(slot, frame.segments.extreme(this, slot));
      default -> throw new IllegalArgumentException("%s".formatted(function));
    };
  }

  /** Columns widen INT32 to a long and FLOAT to a double; the result has the column's own type. */
  private @Nullable Object typed(int slot, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (extremeType(slot).kind()) {
      case INT32 -> ((Long) value).intValue();
      case FLOAT -> ((Double) value).floatValue();
      case INT64, TIMESTAMP, DOUBLE, DECIMAL, STRING, BOOL, BYTES, ARRAY, MAP -> value;
    };
  }
}
