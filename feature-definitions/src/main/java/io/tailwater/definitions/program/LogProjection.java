// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Computes the values of the log's columns of one input's events; each distinct condition and value
 * once an event, of one that is counted beside itself too. The columns of other inputs are null.
 */
final class LogProjection {
  private static final int NONE = -1;

  private final int width;
  private final List<WatchedExpression> conditions = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final boolean[] met;

  /**
   * One of the input's columns.
   *
   * @param column its index in the log
   * @param condition the index of its condition, or {@link #NONE}
   * @param value null for the mark
   * @param counted whether a mark stands for the value
   */
  private record Slot(
      int column, int condition, @Nullable WatchedExpression value, boolean counted) {
    @Nullable Object of(@Nullable Object[] row) {
      Object held = value == null ? (Object) true : value.evaluate(row);
      return counted && held != null ? (Object) true : held;
    }
  }

  /**
   * One of the input's columns that marks another one's values.
   *
   * @param column its index in the log
   * @param of that of the values
   */
  private record Mark(int column, int of) {}

  LogProjection(LogLayout layout, int input, List<Field> row, FeatureNulls nulls) {
    this.width = layout.columns().size();
    Map<String, List<String>> usersOfCondition = usersOfCondition(layout, input);
    Map<String, Integer> indexOfCondition = new HashMap<>();
    List<LogColumn> columns = List.copyOf(layout.columns().keySet());
    int index = 0;
    for (Map.Entry<LogColumn, LogLayout.Filling> entry : layout.columns().entrySet()) {
      int values = valuesOf(entry.getKey(), columns);
      if (entry.getKey().input() == input && values >= 0) {
        marks.add(new Mark(index, values));
      } else if (entry.getKey().input() == input) {
        LogLayout.Filling filling = entry.getValue();
        String where = entry.getKey().where();
        int condition =
            where == null
                ? NONE
                : indexOfCondition.computeIfAbsent(where, added -> conditions.size());
        if (condition == conditions.size()) {
          List<String> users = usersOfCondition.getOrDefault(where, List.of());
          conditions.add(
              WatchedExpression.compile(requireNonNull(filling.where()), row, users, nulls));
        }
        Expression value = filling.value();
        slots.add(
            new Slot(
                index,
                condition,
                value == null
                    ? null
                    : WatchedExpression.compile(
                        value, row, usersOfValue(entry.getKey(), layout), nulls),
                entry.getKey().counted()));
      }
      index++;
    }
    this.met = new boolean[conditions.size()];
  }

  /** Whether the condition of some feature is true. */
  boolean isTaken(@Nullable Object[] row) {
    return conditions.stream().anyMatch(condition -> condition.isTrue(row));
  }

  @Nullable Object[] columns(@Nullable Object[] row) {
    for (int i = 0; i < met.length; i++) {
      met[i] = conditions.get(i).isTrue(row);
    }
    @Nullable Object[] columns = new @Nullable Object[width];
    for (Slot slot : slots) {
      if (slot.condition() == NONE || met[slot.condition()]) {
        columns[slot.column()] = slot.of(row);
      }
    }
    for (Mark mark : marks) {
      columns[mark.column()] = columns[mark.of()] == null ? null : (Object) true;
    }
    return columns;
  }

  /** The column that has the values of which another one has the marks; −1 if there is none. */
  private static int valuesOf(LogColumn marks, List<LogColumn> columns) {
    for (int i = 0; marks.counted() && marks.value() != null && i < columns.size(); i++) {
      if (isOfSameValue(columns.get(i), marks) && !columns.get(i).counted()) {
        return i;
      }
    }
    return NONE;
  }

  private static boolean isOfSameValue(LogColumn one, LogColumn other) {
    return one.input() == other.input()
        && Objects.equals(one.value(), other.value())
        && Objects.equals(one.where(), other.where());
  }

  private static List<String> usersOfValue(LogColumn column, LogLayout layout) {
    List<String> users = new ArrayList<>();
    layout
        .columns()
        .forEach(
            (other, filling) -> {
              if (isOfSameValue(other, column)) {
                users.addAll(filling.features());
              }
            });
    return users;
  }

  private static Map<String, List<String>> usersOfCondition(LogLayout layout, int input) {
    Map<String, List<String>> users = new HashMap<>();
    layout
        .columns()
        .forEach(
            (column, filling) -> {
              if (column.input() == input && column.where() != null) {
                List<String> features =
                    users.computeIfAbsent(column.where(), where -> new ArrayList<>());
                filling.features().stream()
                    .filter(feature -> !features.contains(feature))
                    .forEach(features::add);
              }
            });
    return users;
  }
}
