// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the values of the log's columns; each distinct condition and input once an event. */
final class LogProjection {
  private static final int NONE = -1;

  private final List<Field> row;
  private final FeatureNulls nulls;
  private final List<WatchedExpression> conditions = new ArrayList<>();
  private final List<@Nullable WatchedExpression> inputs = new ArrayList<>();
  private final int[] conditionOfColumn;
  private final boolean[] met;

  LogProjection(LogLayout layout, List<Field> row, FeatureNulls nulls) {
    this.row = row;
    this.nulls = nulls;
    this.conditionOfColumn = new int[layout.columns().size()];
    Map<String, List<AggregateFeature>> usersOfCondition = usersOfCondition(layout);
    Map<String, Integer> indexOfCondition = new HashMap<>();
    layout
        .columns()
        .forEach(
            (column, users) -> {
              AggregateFeature first = users.get(0);
              int condition =
                  column.where() == null
                      ? NONE
                      : indexOfCondition.computeIfAbsent(
                          column.where(),
                          where ->
                              addCondition(first, usersOfCondition.getOrDefault(where, users)));
              conditionOfColumn[inputs.size()] = condition;
              inputs.add(compile(first.input(), users));
            });
    this.met = new boolean[conditions.size()];
  }

  @Nullable Object[] columns(@Nullable Object[] values) {
    for (int i = 0; i < met.length; i++) {
      met[i] = conditions.get(i).isTrue(values);
    }
    @Nullable Object[] columns = new @Nullable Object[conditionOfColumn.length];
    for (int i = 0; i < columns.length; i++) {
      if (conditionOfColumn[i] == NONE || met[conditionOfColumn[i]]) {
        WatchedExpression input = inputs.get(i);
        columns[i] = input == null ? true : input.evaluate(values);
      }
    }
    return columns;
  }

  private static Map<String, List<AggregateFeature>> usersOfCondition(LogLayout layout) {
    Map<String, List<AggregateFeature>> users = new HashMap<>();
    layout
        .columns()
        .forEach(
            (column, features) -> {
              if (column.where() != null) {
                users.computeIfAbsent(column.where(), where -> new ArrayList<>()).addAll(features);
              }
            });
    return users;
  }

  private int addCondition(AggregateFeature example, List<AggregateFeature> users) {
    WatchedExpression condition = compile(example.where(), users);
    if (condition == null) {
      throw new IllegalStateException("'%s' has no condition".formatted(example.name()));
    }
    conditions.add(condition);
    return conditions.size() - 1;
  }

  private @Nullable WatchedExpression compile(
      @Nullable Expression expression, List<AggregateFeature> users) {
    List<String> names = users.stream().map(AggregateFeature::name).toList();
    return expression == null ? null : WatchedExpression.compile(expression, row, names, nulls);
  }
}
