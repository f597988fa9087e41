// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Scalars as an author writes them in YAML. */
final class ScalarText {
  private ScalarText() {}

  /**
   * A boolean.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /**
   * The number, -0.0 as 0.0.
   *
   * @throws ArithmeticException if it is not finite
   */
  static Double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new ArithmeticException("out of range");
    }
    return number + 0.0;
  }

  /** The same of a float. */
  static Float finite(float number) {
    if (!Float.isFinite(number)) {
      throw new ArithmeticException("out of range");
    }
    return number + 0.0f;
  }

  /**
   * A number of the type's scale.
   *
   * @throws ArithmeticException if it has more digits
   */
  static BigDecimal decimal(String text, ValueType type) {
    BigDecimal number = new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (number.precision() > type.precision()) {
      throw new ArithmeticException("too many digits");
    }
    return number;
  }
}
