// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.definitions.expression.CompiledExpression;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled expression that reports what it could not compute on behalf of its features. */
final class WatchedExpression {
  private final CompiledExpression compiled;
  private final List<String> features;
  private final FeatureNulls nulls;

  private WatchedExpression(
      CompiledExpression compiled, List<String> features, FeatureNulls nulls) {
    this.compiled = compiled;
    this.features = features;
    this.nulls = nulls;
  }

  /**
   * Compiles the expression.
   *
   * @param features on whose behalf it is evaluated
   */
  static WatchedExpression compile(
      Expression expression, List<Field> row, List<String> features, FeatureNulls nulls) {
    CompiledExpression compiled = ExpressionCompiler.compile(expression.sql(), row);
    if (!compiled.type().equals(expression.type())) {
      throw new IllegalArgumentException(
          "'%s' is %s, not %s".formatted(expression.sql(), compiled.type(), expression.type()));
    }
    return new WatchedExpression(compiled, List.copyOf(features), nulls);
  }

  @Nullable Object evaluate(@Nullable Object[] row) {
    long faults = compiled.faults();
    Object value = compiled.evaluate(row);
    if (compiled.faults() != faults) {
      features.forEach(nulls::overflowed);
    }
    return value;
  }

  /** Whether a BOOL expression is true: null is not. */
  boolean isTrue(@Nullable Object[] row) {
    return Boolean.TRUE.equals(evaluate(row));
  }
}
