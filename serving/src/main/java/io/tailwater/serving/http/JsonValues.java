// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * JSON as values of the types of join keys and request fields.
 *
 * <p>No number ever costs more than its text is long: {@code 1e999999999} is compared by its
 * exponent, never written out.
 */
final class JsonValues {
  private static final int MILLIS_SCALE = 3;
  private static final int LONG_DIGITS = 19;

  private JsonValues() {}

  /** The value, of the type's Java class; null if the JSON is none of the type. */
  static @Nullable Object of(ValueType type, JsonNode node) {
    try {
      return value(type, node);
    } catch (ArithmeticException e) {
      // An exponent beyond what BigDecimal itself can shift.
      return null;
    }
  }

  private static @Nullable Object value(ValueType type, JsonNode node) {
    return switch (type.kind()) {
      case BOOL -> node.isBoolean() ? node.booleanValue() : null;
      case INT32 -> node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
      case INT64 -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
      case FLOAT -> {
        float value = node.isNumber() ? node.floatValue() : Float.NaN;
        yield Float.isFinite(value) ? (Object) (value + 0.0f) : null;
      }
      case DOUBLE -> {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        yield Double.isFinite(value) ? (Object) (value + 0.0) : null;
      }
      case DECIMAL -> decimal(type, node);
      case STRING -> node.isTextual() ? node.textValue() : null;
      case BYTES -> node.isTextual() ? bytes(node.textValue()) : null;
      case TIMESTAMP -> timestamp(node);
      case ARRAY, MAP -> null;
    };
  }

  /** What {@link #of} takes, for a message. */
  static String expected(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> "true or false";
      case INT32, INT64 -> "a whole number of " + type + ", without quotes";
      case FLOAT, DOUBLE -> "a number";
      case DECIMAL -> "a number of " + type;
      case STRING -> "a text, in quotes";
      case BYTES -> "Base64, in quotes";
      case TIMESTAMP -> "seconds since the epoch, or a text such as \"2026-08-01T12:00:00Z\"";
      case ARRAY, MAP -> "no value";
    };
  }

  private static @Nullable BigDecimal decimal(ValueType type, JsonNode node) {
    if (!node.isNumber()) {
      return null;
    }
    BigDecimal value = node.decimalValue().stripTrailingZeros();
    boolean fits =
        value.scale() <= type.scale()
            && (long) value.precision() - value.scale() <= type.precision() - type.scale();
    return value.signum() == 0
        ? BigDecimal.ZERO.setScale(type.scale())
        : fits ? value.setScale(type.scale(), RoundingMode.UNNECESSARY) : null;
  }

  private static byte @Nullable [] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Long timestamp(JsonNode node) {
    if (node.isNumber()) {
      return ofSeconds(node.decimalValue());
    }
    return node.isTextual() ? ofText(node.textValue()) : null;
  }

  /** Seconds with up to three digits of fraction; finer ones are floored. */
  private static @Nullable Long ofSeconds(BigDecimal seconds) {
    BigDecimal millis = seconds.movePointRight(MILLIS_SCALE);
    if ((long) millis.precision() - millis.scale() >= LONG_DIGITS) {
      return null;
    }
    return (long) millis.precision() - millis.scale() < 0
        ? (Long) (long) (millis.signum() < 0 ? -1 : 0)
        : (Long) millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static @Nullable Long ofText(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
