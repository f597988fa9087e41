// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The order of a column's values: numbers by value, strings by code point. It serves min and max,
 * and it decides between two contents of the same event.
 */
final class ValueOrder {
  private ValueOrder() {}

  /** Compares two values of one column, both of the class that {@link Column#boxedAt} returns. */
  static int compare(Object left, Object right) {
    if (left instanceof Long number) {
      return Long.compare(number, (Long) right);
    }
    if (left instanceof Double number) {
      return Double.compare(number, (Double) right);
    }
    if (left instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) right);
    }
    if (left instanceof Boolean present) {
      return Boolean.compare(present, (Boolean) right);
    }
    return compareCodePoints((String) left, (String) right);
  }

  /** Compares two contents of an event, column by column, nulls first. */
  static int compareContents(@Nullable Object[] left, @Nullable Object[] right) {
    for (int i = 0; i < left.length; i++) {
      Object leftValue = left[i];
      Object rightValue = right[i];
      int order;
      if (leftValue == null || rightValue == null) {
        order = Boolean.compare(leftValue != null, rightValue != null);
      } else {
        order = compare(leftValue, rightValue);
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** {@link String#compareTo} orders UTF-16 units, which puts U+10000 before U+FFFF. */
  static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char leftUnit = left.charAt(i);
      char rightUnit = right.charAt(i);
      if (leftUnit != rightUnit) {
        boolean leftSurrogate = Character.isSurrogate(leftUnit);
        boolean rightSurrogate = Character.isSurrogate(rightUnit);
        if (leftSurrogate != rightSurrogate) {
          return leftSurrogate ? 1 : -1;
        }
        return Character.compare(leftUnit, rightUnit);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
