// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code default}: a value of the feature's type, without any loss. */
final class DefaultValues {
  private DefaultValues() {}

  /** The value, of the type's Java class; empty, with a problem added, if it is not of the type. */
  static Optional<Object> read(YamlValue value, ValueType type) {
    if (value.isNull()) {
      value.problem("null", "a value; without 'default' an empty window is null already");
      return Optional.empty();
    }
    if (type.kind() == ValueType.Kind.MAP || type.kind() == ValueType.Kind.ARRAY) {
      value.problem(
          "a default for %s".formatted(type),
          type.kind() == ValueType.Kind.MAP
              ? "none: the map of an empty window is empty, never null"
              : "none: an array of no values is null");
      return Optional.empty();
    }
    String expected = "a value of %s".formatted(type);
    Optional<String> text = value.asText(expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(convert(value, text.get(), type));
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      value.problem(value.describe(), expected);
      return Optional.empty();
    }
  }

  private static Object convert(YamlValue value, String text, ValueType type) {
    if (type.isNumeric() && value.isQuoted()) {
      throw new NumberFormatException("a text where a number belongs");
    }
    return switch (type.kind()) {
      case BOOL -> ScalarText.bool(text);
      case INT32 -> new BigDecimal(text).intValueExact();
      case INT64 -> new BigDecimal(text).longValueExact();
      case FLOAT -> ScalarText.finite(new BigDecimal(text).floatValue());
      case DOUBLE -> ScalarText.finite(new BigDecimal(text).doubleValue());
      case DECIMAL -> ScalarText.decimal(text, type);
      case STRING -> text;
      case TIMESTAMP -> Instant.parse(text).toEpochMilli();
      case BYTES -> throw new IllegalArgumentException("no literal of " + type);
      case ARRAY, MAP -> throw new IllegalStateException("refused before: " + type);
    };
  }
}
