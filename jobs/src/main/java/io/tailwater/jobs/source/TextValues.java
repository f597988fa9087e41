// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of scalar types as text: the cells of a CSV file. */
final class TextValues {
  private TextValues() {}

  /** The value; null, with a violation noted, if the text is not of the type. */
  static @Nullable Object parse(String text, ValueType type, Violations violations) {
    String trimmed = text.strip();
    Object value =
        switch (type.kind()) {
          case STRING -> text;
          case BOOL -> bool(trimmed);
          case BYTES -> base64(trimmed);
          case INT32 -> int32(trimmed);
          case INT64 -> int64(trimmed);
          case TIMESTAMP -> instant(trimmed);
          case FLOAT, DOUBLE -> {
            if (!isNumber(trimmed)) {
              yield null;
            }
            yield binary(trimmed, type, violations);
          }
          case DECIMAL -> {
            BigDecimal number = decimal(trimmed);
            yield number == null ? null : NumberRules.exact(number, type, violations);
          }
          case ARRAY, MAP -> throw new IllegalArgumentException(type + " is not a scalar");
        };
    if (value == null) {
      violations.add(Violations.quoted(text), type);
    }
    return value;
  }

  /** The bytes; null if the text is not base64. */
  static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The number, exactly; null if the text is none. */
  static @Nullable BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  /** A number as FLOAT or DOUBLE, rounded once; null, with a violation noted, out of range. */
  static @Nullable Object binary(String number, ValueType type, Violations violations) {
    if (type.kind() == ValueType.Kind.FLOAT) {
      return NumberRules.finite(Float.parseFloat(number), violations);
    }
    return NumberRules.finite(Double.parseDouble(number), violations);
  }

  // Java's own parser would also take "NaN", "1d" and "0x1p3", which are no numbers elsewhere.
  private static boolean isNumber(String text) {
    int digits = 0;
    int exponents = 0;
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && exponents == 0) {
        points++;
      } else if ((c == 'e' || c == 'E') && digits > 0) {
        exponents++;
        digits = 0;
      } else if (!isSign(text, i)) {
        return false;
      }
    }
    return digits > 0 && exponents <= 1 && points <= 1;
  }

  private static boolean isSign(String text, int i) {
    char c = text.charAt(i);
    return (c == '-' || c == '+')
        && (i == 0 || text.charAt(i - 1) == 'e' || text.charAt(i - 1) == 'E');
  }

  private static @Nullable Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static @Nullable Integer int32(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long int64(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long instant(String text) {
    Long millis = int64(text);
    return millis != null ? millis : IsoInstants.parse(text);
  }
}
