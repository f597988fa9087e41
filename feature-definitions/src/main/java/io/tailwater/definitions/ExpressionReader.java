// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.expression.ExpressionException;
import io.tailwater.definitions.expression.TypedExpression;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Optional;

/** Reads expressions and types them against their rows. */
final class ExpressionReader {
  private ExpressionReader() {}

  /** The expression; empty, with a problem added, if it is none. */
  static Optional<Expression> read(YamlValue value, List<Field> row) {
    return analyze(value, row).map(typed -> new Expression(value.text().orElse(""), typed.type()));
  }

  /** Types the expression; empty, with a problem added, if it is none. */
  static Optional<TypedExpression> analyze(YamlValue value, List<Field> row) {
    return value.asText("an SQL expression").flatMap(sql -> analyze(value, sql, 0, row));
  }

  /** The condition; empty, with a problem added, if it is no BOOL expression. */
  static Optional<Expression> readCondition(YamlValue value, List<Field> row) {
    Optional<Expression> expression = read(value, row);
    if (expression.isPresent() && !expression.get().type().equals(ValueType.BOOL)) {
      value.problem(
          "%s, which is %s".formatted(value.describe(), expression.get().type()),
          "a condition: a BOOL expression");
      return Optional.empty();
    }
    return expression;
  }

  /**
   * Types an expression that is a part of a value's text.
   *
   * @param offset where in the text it begins
   */
  static Optional<TypedExpression> analyze(
      YamlValue value, String sql, int offset, List<Field> row) {
    try {
      return Optional.of(ExpressionCompiler.analyze(sql, row));
    } catch (ExpressionException e) {
      value.problemAt(
          offset + e.position(),
          "%s in the expression '%s'".formatted(e.getMessage(), sql.strip()),
          "",
          e.hint());
      return Optional.empty();
    }
  }
}
