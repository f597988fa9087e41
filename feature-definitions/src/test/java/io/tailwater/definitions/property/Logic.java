// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import java.math.BigDecimal;
import java.util.Arrays;

/** SQL's three truth values, null being the third, and comparisons, exactly. */
final class Logic {
  private Logic() {}

  static Boolean and(Boolean left, Boolean right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return false;
    }
    return left == null || right == null ? null : Boolean.TRUE;
  }

  static Boolean or(Boolean left, Boolean right) {
    return not(and(not(left), not(right)));
  }

  static Boolean not(Boolean operand) {
    return operand == null ? null : Boolean.valueOf(!operand);
  }

  /** Null if a side is. */
  static Boolean compare(Object left, String operator, Object right) {
    if (left == null || right == null) {
      return null;
    }
    int order = order(left, right);
    return switch (operator) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static int order(Object left, Object right) {
    if (left instanceof String text) {
      return Arrays.compare(text.codePoints().toArray(), ((String) right).codePoints().toArray());
    }
    if (left instanceof Boolean truth) {
      return Boolean.compare(truth, (Boolean) right);
    }
    return exact(left).compareTo(exact(right));
  }

  /** Without rounding; a zero has no sign. */
  private static BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Double || number instanceof Float
        ? new BigDecimal(((Number) number).doubleValue())
        : BigDecimal.valueOf(((Number) number).longValue());
  }
}
