// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Arithmetic on two operands: what cannot be computed is null. */
final class Sums {
  /** What {@link #MONEY} plus or minus itself is. */
  private static final ValueType SUM_OF_MONEY = ValueType.decimal(13, 2);

  static final ValueType MONEY = ValueType.decimal(12, 2);

  private Sums() {}

  /** {@code left operator right}, of two operands of one type but for whole literals. */
  static Term of(Term left, char operator, Term right) {
    ValueType type = left.type();
    String sql = "(%s %s %s)".formatted(left.sql(), operator, right.sql());
    if (operator == '/') {
      String quotient = "(%s)::DOUBLE / (%s)::DOUBLE".formatted(left.duck(), right.duck());
      return new Term(
          ValueType.DOUBLE, sql, finite(quotient), row -> quotient(left.of(row), right.of(row)));
    }
    String plain = "(%s %s %s)".formatted(left.duck(), operator, right.duck());
    return switch (type.kind()) {
      case INT32, INT64 ->
          new Term(
              type,
              sql,
              whole(left, operator, right, type),
              row -> whole(left.of(row), operator, right.of(row), type));
      case DOUBLE ->
          new Term(type, sql, finite(plain), row -> real(left.of(row), operator, right.of(row)));
      case DECIMAL ->
          new Term(SUM_OF_MONEY, sql, plain, row -> money(left.of(row), operator, right.of(row)));
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static Object quotient(Object left, Object right) {
    return left == null || right == null
        ? null
        : finite(((Number) left).doubleValue() / ((Number) right).doubleValue());
  }

  private static Object real(Object left, char operator, Object right) {
    if (left == null || right == null) {
      return null;
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    return finite(operator == '+' ? a + b : operator == '-' ? a - b : a * b);
  }

  private static Object whole(Object left, char operator, Object right, ValueType type) {
    if (left == null || right == null) {
      return null;
    }
    BigInteger a = BigInteger.valueOf(((Number) left).longValue());
    BigInteger b = BigInteger.valueOf(((Number) right).longValue());
    BigInteger result =
        operator == '+' ? a.add(b) : operator == '-' ? a.subtract(b) : a.multiply(b);
    boolean narrow = type.equals(ValueType.INT32);
    if (result.bitLength() > (narrow ? 31 : 63)) {
      return null;
    }
    return narrow ? (Object) result.intValueExact() : (Object) result.longValueExact();
  }

  private static Object money(Object left, char operator, Object right) {
    if (left == null || right == null) {
      return null;
    }
    BigDecimal a = (BigDecimal) left;
    BigDecimal b = (BigDecimal) right;
    return operator == '+' ? a.add(b) : a.subtract(b);
  }

  private static Object finite(double number) {
    return Double.isFinite(number) ? (Object) (number + 0.0) : null;
  }

  private static String finite(String duck) {
    return "(CASE WHEN isfinite(%1$s) THEN CASE WHEN (%1$s) = 0 THEN 0::DOUBLE ELSE %1$s END END)"
        .formatted(duck);
  }

  private static String whole(Term left, char operator, Term right, ValueType type) {
    String wide = "(%s)::HUGEINT %s (%s)::HUGEINT".formatted(left.duck(), operator, right.duck());
    boolean narrow = type.equals(ValueType.INT32);
    return "(CASE WHEN %s BETWEEN %d AND %d THEN (%s)::%s END)"
        .formatted(
            wide,
            narrow ? Integer.MIN_VALUE : Long.MIN_VALUE,
            narrow ? Integer.MAX_VALUE : Long.MAX_VALUE,
            wide,
            narrow ? "INTEGER" : "BIGINT");
  }
}
