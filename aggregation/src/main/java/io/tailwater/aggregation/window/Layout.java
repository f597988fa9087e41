// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan, resolved: the windows in ascending length and where each aggregate finds its result. */
final class Layout {
  private record Target(AggregateFunction function, int window, int slot) {}

  private final AggregationPlan plan;
  private final WindowLayout[] windows;
  private final Target[] targets;
  private final Column.Form[] forms;

  Layout(AggregationPlan plan) {
    this.plan = plan;
    long[] lengths =
        plan.aggregates().stream().mapToLong(WindowLayout::length).distinct().sorted().toArray();
    this.windows = new WindowLayout[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      windows[i] = new WindowLayout(plan, lengths[i]);
    }
    this.targets = plan.aggregates().stream().map(this::target).toArray(Target[]::new);
    this.forms = new Column.Form[plan.columns().size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = Column.Form.of(plan.columns().get(i), onlyCounted(i));
    }
  }

  private Target target(WindowedAggregate aggregate) {
    int window = 0;
    while (windows[window].windowMillis() != WindowLayout.length(aggregate)) {
      window++;
    }
    return new Target(aggregate.function(), window, windows[window].slot(aggregate));
  }

  private boolean onlyCounted(int column) {
    return plan.aggregates().stream()
        .filter(aggregate -> aggregate.column() == column)
        .allMatch(aggregate -> aggregate.function() == AggregateFunction.COUNT);
  }

  int windowCount() {
    return windows.length;
  }

  WindowLayout window(int index) {
    return windows[index];
  }

  long longestWindow() {
    return windows.length == 0 ? 0 : windows[windows.length - 1].windowMillis();
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

  @Nullable Object[] results(Frame[] frames) {
    @Nullable Object[] results = new Object[targets.length];
    for (int i = 0; i < results.length; i++) {
      Target target = targets[i];
      results[i] =
          windows[target.window()].result(
              frames[target.window()], target.function(), target.slot());
    }
    return results;
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
