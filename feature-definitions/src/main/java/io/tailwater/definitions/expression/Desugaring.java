// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
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
 * /} is our division, and IN is a chain of comparisons, however long.
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
    SqlNode any = null;
    for (SqlNode candidate : (SqlNodeList) in.operand(1)) {
      SqlNode equal =
          SqlStdOperatorTable.EQUALS.createCall(
              candidate.getParserPosition(), value.clone(value.getParserPosition()), candidate);
      any =
          any == null
              ? equal
              : SqlStdOperatorTable.OR.createCall(in.getParserPosition(), any, equal);
    }
    if (any == null) {
      throw new IllegalStateException("%s without values".formatted(SqlKind.IN));
    }
    return any;
  }
}
