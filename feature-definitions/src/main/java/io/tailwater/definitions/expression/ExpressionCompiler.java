// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.runtime.CalciteContextException;

/**
 * Compiles SQL scalar expressions.
 *
 * <p>The language is standard SQL with four rules of its own: a literal with a decimal point is
 * DOUBLE; {@code /} is DOUBLE division, DECIMAL where both sides are; a division by zero, an
 * overflow or any result that is not finite is null; names are case-sensitive and written bare, or
 * in backticks or double quotes where they are words of SQL. It has no functions that are not
 * deterministic and no way out of its row.
 */
public final class ExpressionCompiler {
  private ExpressionCompiler() {}

  /**
   * Types the expression without compiling it: fast, and enough to check it.
   *
   * @param sql the expression
   * @param row the fields that it may name
   * @throws ExpressionException if it is refused
   */
  public static TypedExpression analyze(String sql, List<Field> row) {
    return guarded(sql, () -> analysis(sql, row).typed());
  }

  /**
   * The expression's text in one spelling, as {@link TypedExpression#canonical()}, with some of its
   * names replaced by what they stand for: what the text then says depends on no name but fields'.
   *
   * @param sql an expression that has been checked
   * @param meanings for names that stand for an expression, that expression, checked as well
   * @throws ExpressionException if one of them cannot be parsed
   */
  public static String expand(String sql, Map<String, String> meanings) {
    return guarded(
        sql,
        () ->
            Analysis.expanded(
                requireNonNull(sql, "sql is null"), requireNonNull(meanings, "meanings is null")));
  }

  /**
   * Compiles the expression. The first compilation in a process takes a second or two, most of it
   * class loading; later ones some milliseconds.
   *
   * @param sql the expression
   * @param row the fields that it may name
   * @throws ExpressionException if it is refused
   */
  public static CompiledExpression compile(String sql, List<Field> row) {
    return guarded(sql, () -> compile(analysis(sql, row)));
  }

  private static Analysis analysis(String sql, List<Field> row) {
    return new Analysis(requireNonNull(sql, "sql is null"), requireNonNull(row, "row is null"));
  }

  private static CompiledExpression compile(Analysis analysis) {
    int field = analysis.fieldIndex();
    RowFunction function = field >= 0 ? (row, faults) -> row[field] : analysis.compile();
    return new CompiledExpression(analysis.typed(), function);
  }

  private static <T> T guarded(String sql, Supplier<T> step) {
    try {
      return step.get();
    } catch (ExpressionException e) {
      throw e;
    } catch (CalciteContextException e) {
      throw CalciteErrors.ofValidator(sql, e);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // Calcite asserts and recurses on what authors write; for them it is one more bad expression.
      throw CalciteErrors.ofAnything(e);
    }
  }
}
