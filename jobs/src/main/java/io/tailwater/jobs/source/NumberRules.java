// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What numbers a row may hold, whatever the format they come in. */
final class NumberRules {
  private NumberRules() {}

  /** The finite number, −0.0 as 0.0; null with a violation noted where it is not finite. */
  static @Nullable Double finite(double value, Violations violations) {
    if (!Double.isFinite(value)) {
      violations.add(Double.toString(value), "a finite DOUBLE");
      return null;
    }
    return value == 0.0 ? 0.0 : value;
  }

  /** The finite number, −0.0 as 0.0; null with a violation noted where it is not finite. */
  static @Nullable Float finite(float value, Violations violations) {
    if (!Float.isFinite(value)) {
      violations.add(Float.toString(value), "a finite FLOAT");
      return null;
    }
    return value == 0.0f ? 0.0f : value;
  }

  /** The same number in the type's scale; null with a violation noted where digits would go. */
  static @Nullable BigDecimal exact(BigDecimal value, ValueType type, Violations violations) {
    BigDecimal fitted = fit(value, type);
    if (fitted == null) {
      violations.add(value.toString(), "an exact " + type);
    }
    return fitted;
  }

  // Digits are counted before the scale is set: 1e999999999 must not become a gigabyte of zeros.
  private static @Nullable BigDecimal fit(BigDecimal value, ValueType type) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
      return null;
    }
    BigDecimal shortest = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
    return shortest.scale() > type.scale() ? null : shortest.setScale(type.scale());
  }
}
