// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Where our language differs from Calcite's SQL: a literal with a decimal point is DOUBLE, {@code
 * /} is our division, and IN is a disjunction of comparisons, however many.
 */
final class Desugaring extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlNumericLiteral number && number.isExact() && !number.isInteger()) {
      BigDecimal value = number.bigDecimalValue();
      // With an exponent the parser takes it for approximate, which is DOUBLE.
      return SqlLiteral.createApproxNumeric(
          value.unscaledValue() + "E" + -value.scale(), literal.getParserPosition());
    }
    return literal;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall result)) {
      return visited;
    }
    SqlParserPos position = result.getParserPosition();
    return switch (result.getKind()) {
      case DIVIDE -> Operators.DIVIDE.createCall(position, result.getOperandList());
      case IN -> anyOf(result);
      case NOT_IN -> SqlStdOperatorTable.NOT.createCall(position, anyOf(result));
      default -> result;
    };
  }

  private static SqlNode anyOf(SqlCall in) {
    SqlNode value = in.operand(0);
    List<SqlNode> equalities = new ArrayList<>();
    for (SqlNode candidate : (SqlNodeList) in.operand(1)) {
      equalities.add(
          SqlStdOperatorTable.EQUALS.createCall(
              candidate.getParserPosition(), value.clone(value.getParserPosition()), candidate));
    }
    return anyOf(equalities, in.getParserPosition());
  }

  /** A balanced tree: a chain of a thousand would be nested a thousand deep. */
  private static SqlNode anyOf(List<SqlNode> conditions, SqlParserPos position) {
    int half = conditions.size() / 2;
    return half == 0
        ? conditions.get(0)
        : SqlStdOperatorTable.OR.createCall(
            position,
            anyOf(conditions.subList(0, half), position),
            anyOf(conditions.subList(half, conditions.size()), position));
  }
}
