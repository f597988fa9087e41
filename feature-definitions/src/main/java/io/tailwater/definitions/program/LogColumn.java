// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one column of the log holds. Features whose columns are equal share one.
 *
 * @param input the canonical text of the value; null for the mark TRUE of a {@code count(*)} with a
 *     {@code where} of its own
 * @param where the canonical text of the condition under which the value counts; null for always
 * @param type the type of the values
 */
record LogColumn(@Nullable String input, @Nullable String where, ValueType type) {

  /** The column that the feature aggregates; null for a {@code count(*)} of all events. */
  static @Nullable LogColumn of(AggregateFeature feature, List<Field> row) {
    Expression input = feature.input();
    Expression where = feature.where();
    if (input == null && where == null) {
      return null;
    }
    return new LogColumn(
        canonical(input, row),
        canonical(where, row),
        input == null ? ValueType.BOOL : input.type());
  }

  /** The function over the column: marks are counted like any other value. */
  static AggregateFunction functionOver(@Nullable LogColumn column, AggregateFeature feature) {
    boolean countsMarks = column != null && feature.function() == AggregateFunction.COUNT_ALL;
    return countsMarks ? AggregateFunction.COUNT : feature.function();
  }

  private static @Nullable String canonical(@Nullable Expression expression, List<Field> row) {
    return expression == null
        ? null
        : ExpressionCompiler.analyze(expression.sql(), row).canonical();
  }
}
