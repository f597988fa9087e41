// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one column of the log holds. Features whose columns are equal share one; those that only
 * count have marks of their own, so that what the log holds of a value does not depend on whether
 * it is summed as well.
 *
 * @param input the index of the view's input whose events fill it; it is null in all others
 * @param value the canonical text of the value; null for the mark TRUE of events that are counted
 * @param where the canonical text of the condition under which the value counts; null for always
 * @param type the type of the values
 * @param counted whether the column holds no value but the mark TRUE where there is one
 */
record LogColumn(
    int input, @Nullable String value, @Nullable String where, ValueType type, boolean counted) {

  /**
   * The column of a value.
   *
   * @param value null for the mark of each event
   * @param counted whether a mark of the value is enough
   * @param row what the expressions see
   */
  static LogColumn of(
      int input,
      @Nullable Expression value,
      @Nullable Expression where,
      boolean counted,
      List<Field> row) {
    return new LogColumn(
        input,
        canonical(value, row),
        canonical(where, row),
        value == null || counted ? ValueType.BOOL : value.type(),
        value == null || counted);
  }

  private static @Nullable String canonical(@Nullable Expression expression, List<Field> row) {
    return expression == null
        ? null
        : ExpressionCompiler.analyze(expression.sql(), row).canonical();
  }
}
