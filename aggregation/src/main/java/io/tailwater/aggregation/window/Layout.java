// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.counts.PageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A plan, resolved: its different windows and where each aggregate finds its result. */
final class Layout {
  /**
   * @param asRead whether results are of their type as they are read
   */
  private record Target(int window, ResultReader reader, ValueType type, boolean asRead) {}

  private final AggregationPlan plan;
  private final WindowLayout[] windows;
  private final Target[] targets;
  private final Column.Form[] forms;
  private final boolean keepsOrder;

  /**
   * @param overflowed hears which aggregate's result, when it is read, does not fit its type
   */
  Layout(AggregationPlan plan, IntConsumer overflowed) {
    this.plan = plan;
    List<Window> distinct =
        plan.aggregates().stream().map(WindowedAggregate::window).distinct().toList();
    this.windows =
        distinct.stream()
            .map(window -> new WindowLayout(plan, window))
            .toArray(WindowLayout[]::new);
    this.targets = new Target[plan.aggregates().size()];
    for (int i = 0; i < targets.length; i++) {
      int index = i;
      WindowedAggregate aggregate = plan.aggregates().get(i);
      int window = distinct.indexOf(aggregate.window());
      targets[i] = target(aggregate, window, () -> overflowed.accept(index));
    }
    this.forms = new Column.Form[plan.columns().size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = Column.Form.of(plan.columns().get(i), onlyCounted(i));
    }
    boolean ordered = false;
    for (WindowLayout window : windows) {
      ordered |= window.keepsOrder();
    }
    this.keepsOrder = ordered;
  }

  private Target target(WindowedAggregate aggregate, int window, Runnable overflowed) {
    ValueType input =
        aggregate.column() == WindowedAggregate.NO_COLUMN
            ? null
            : plan.columns().get(aggregate.column());
    ValueType type =
        aggregate
            .function()
            .resultType(input)
            .orElseThrow(
                () -> new IllegalArgumentException("%s of %s".formatted(aggregate, input)));
    boolean asRead =
        aggregate.byColumn() == WindowedAggregate.NO_COLUMN
            && switch (type.kind()) {
              case INT32, FLOAT, ARRAY, MAP -> false;
              case BOOL, INT64, DOUBLE, DECIMAL, STRING, BYTES, TIMESTAMP -> true;
            };
    return new Target(window, windows[window].reader(aggregate, overflowed), type, asRead);
  }

  private boolean onlyCounted(int column) {
    return plan.aggregates().stream()
        .filter(aggregate -> aggregate.column() == column || aggregate.byColumn() == column)
        .allMatch(
            aggregate ->
                aggregate.byColumn() != column && aggregate.function() == AggregateFunction.COUNT);
  }

  int windowCount() {
    return windows.length;
  }

  WindowLayout window(int index) {
    return windows[index];
  }

  /** The index of a window; −1 if the plan has none like it. */
  int indexOf(Window window) {
    for (int i = 0; i < windows.length; i++) {
      if (windows[i].window().equals(window)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether frames have pages. */
  boolean keepsOrder() {
    return keepsOrder;
  }

  /** When an event has left every window that it ever leaves; its own time if there is none. */
  long leavesAll(long time) {
    long last = time;
    for (WindowLayout window : windows) {
      if (!window.isLifetime()) {
        last = Math.max(last, window.window().leaves(time));
      }
    }
    return last;
  }

  boolean hasLifetime() {
    for (WindowLayout window : windows) {
      if (window.isLifetime()) {
        return true;
      }
    }
    return false;
  }

  /** The oldest event time that a window needs at an instant to know what leaves it. */
  long lowerEnd(long instant) {
    long lowest = instant;
    for (WindowLayout window : windows) {
      if (!window.isLifetime()) {
        lowest = Math.min(lowest, window.window().lowerEnd(instant));
      }
    }
    return lowest;
  }

  Column.Form[] forms() {
    return forms;
  }

  ValueType columnType(int column) {
    return plan.columns().get(column);
  }

  Frame[] newFrames(long openChunk) {
    Frame[] frames = new Frame[windows.length];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = windows[i].newFrame(openChunk);
    }
    return frames;
  }

  /** For each window the summaries of no events; those of windows that need none are empty. */
  @Nullable Object[][] newBase() {
    @Nullable Object[][] base = new Object[windows.length][];
    for (int i = 0; i < base.length; i++) {
      base[i] = new Object[windows[i].isLifetime() ? windows[i].summaryCount() : 0];
    }
    return base;
  }

  /** Adds an event that leaves the log, behind all that left it before, to the base summaries. */
  void sumUp(@Nullable Object[][] base, Chunk chunk, int index) {
    for (int i = 0; i < base.length; i++) {
      for (int slot = 0; slot < base[i].length; slot++) {
        base[i][slot] = windows[i].summary(slot).include(base[i][slot], chunk, index, true);
      }
    }
  }

  @Nullable Object[] results(Frame[] frames, EntityState state, ChunkStore store) {
    return results(frames, keepsOrder ? new EntityPages(state, store) : EntityPages.NONE);
  }

  @Nullable Object[] results(Frame[] frames, PageStore pages) {
    @Nullable Object[] results = new Object[targets.length];
    for (int i = 0; i < results.length; i++) {
      Target target = targets[i];
      Object result = target.reader().read(frames[target.window()], pages);
      results[i] = target.asRead() ? result : typed(result, target.type());
    }
    return results;
  }

  /** Columns keep narrow numbers as wide ones. */
  private static @Nullable Object typed(@Nullable Object value, ValueType type) {
    if (value instanceof Map<?, ?> map) {
      SortedMap<String, Object> typed = new TreeMap<>(ValueOrder::compareCodePoints);
      map.forEach((key, element) -> typed.put((String) key, requireNonNull(typed(element, type))));
      return typed;
    }
    if (value instanceof List<?> list) {
      List<Object> typed = new ArrayList<>(list.size());
      ValueType element = requireNonNull(type.element());
      list.forEach(each -> typed.add(requireNonNull(typed(each, element))));
      return typed;
    }
    return switch (type.kind()) {
      case INT32 -> value == null ? null : (Object) ((Long) value).intValue();
      case FLOAT -> value == null ? null : (Object) ((Double) value).floatValue();
      default -> value;
    };
  }

  /** An event's values as columns return them, for a comparison with {@link Chunk#valuesAt}. */
  @Nullable Object[] stored(@Nullable Object[] values) {
    List<@Nullable Object> stored = new ArrayList<>(forms.length);
    for (int i = 0; i < forms.length; i++) {
      Column column = new Column(forms[i], 1);
      column.set(0, values[i]);
      stored.add(column.boxedAt(0));
    }
    return stored.toArray();
  }
}
