// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code CAST} between numbers, texts and truth values. What does not convert is a counted null. To
 * an integer it truncates; to a DECIMAL it rounds half up.
 *
 * <p>Public for generated code only.
 */
public final class Conversions {
  /** No number of ours has a larger exponent; refuses texts whose expansion would fill memory. */
  private static final int MAX_EXPONENT = 400;

  private Conversions() {}

  public static @Nullable Integer toInt32(Faults faults, @Nullable Object value) {
    Long whole = toInt64(faults, value);
    return whole == null ? null : Arithmetic.int32(faults, whole);
  }

  public static @Nullable Long toInt64(Faults faults, @Nullable Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    BigDecimal number = number(faults, value);
    if (number == null) {
      return null;
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    // Not longValueExact: an exception for data is as slow as it is needless.
    return whole.toBigInteger().bitLength() > 63
        ? Arithmetic.fault(faults)
        : Long.valueOf(whole.longValue());
  }

  public static @Nullable Float toFloat(Faults faults, @Nullable Object value) {
    if (value instanceof Float number) {
      return number;
    }
    if (value instanceof Number number) {
      return Arithmetic.finite(faults, number.floatValue());
    }
    BigDecimal number = number(faults, value);
    return number == null ? null : Arithmetic.finite(faults, number.floatValue());
  }

  public static @Nullable Double toDouble(Faults faults, @Nullable Object value) {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof Number number) {
      return Arithmetic.finite(faults, number.doubleValue());
    }
    BigDecimal number = number(faults, value);
    return number == null ? null : Arithmetic.finite(faults, number.doubleValue());
  }

  public static @Nullable BigDecimal toDecimal(
      Faults faults, @Nullable Object value, int precision, int scale) {
    BigDecimal number = number(faults, value);
    return number == null ? null : Arithmetic.fit(faults, number, precision, scale);
  }

  public static @Nullable String toText(Faults faults, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof Boolean truth ? (truth ? "TRUE" : "FALSE") : value.toString();
  }

  public static @Nullable Boolean toBool(Faults faults, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    return switch (value.toString().strip().toUpperCase(Locale.ROOT)) {
      case "TRUE" -> Boolean.TRUE;
      case "FALSE" -> Boolean.FALSE;
      default -> Arithmetic.fault(faults);
    };
  }

  private static @Nullable BigDecimal number(Faults faults, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    // A double means its shortest decimal text: CAST(0.1 AS DECIMAL(2,1)) is 0.1.
    return parse(faults, value.toString().strip());
  }

  private static @Nullable BigDecimal parse(Faults faults, String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      boolean huge = Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT;
      return huge || Math.abs((long) number.scale()) > 2 * MAX_EXPONENT
          ? Arithmetic.fault(faults)
          : number;
    } catch (NumberFormatException e) {
      return Arithmetic.fault(faults);
    }
  }
}
