// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Refuses comparisons of a text with a number and their like, which Calcite lets pass in the hope
 * of an implicit conversion.
 */
final class Comparability extends RexVisitorImpl<@Nullable Void> {
  private final String sql;

  private Comparability(String sql) {
    super(true);
    this.sql = sql;
  }

  static void check(String sql, RexNode expression) {
    expression.accept(new Comparability(sql));
  }

  @Override
  public @Nullable Void visitCall(RexCall call) {
    if (call.isA(SqlKind.COMPARISON)) {
      RelDataType left = call.getOperands().get(0).getType();
      RelDataType right = call.getOperands().get(1).getType();
      if (!isComparable(left, right)) {
        throw new ExpressionException(
            "%s compared with %s".formatted(name(left), name(right)),
            Positions.indexOf(sql, call.getParserPosition()),
            "there is no implicit conversion: CAST one of them");
      }
    }
    return super.visitCall(call);
  }

  private static boolean isComparable(RelDataType left, RelDataType right) {
    boolean untyped =
        left.getSqlTypeName() == SqlTypeName.NULL || right.getSqlTypeName() == SqlTypeName.NULL;
    return untyped || family(left) == family(right);
  }

  private static @Nullable SqlTypeFamily family(RelDataType type) {
    return type.getSqlTypeName().getFamily();
  }

  private static String name(RelDataType type) {
    return CalciteTypes.toValueType(type).map(Object::toString).orElse(type.toString());
  }
}
