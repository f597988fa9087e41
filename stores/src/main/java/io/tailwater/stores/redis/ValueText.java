// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.Base64;

/**
 * Values as Redis holds them, in plain text; {@link #parse} gives back exactly what {@link #format}
 * was given.
 *
 * <table>
 * <caption>Texts</caption>
 * <tr><td>BOOL</td><td>{@code true}, {@code false}</td></tr>
 * <tr><td>INT32, INT64</td><td>decimal</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>the shortest decimal that reads back as the same bits, as {@code
 *     Double.toString} of JDK 19 writes it: {@code 0.1}, {@code 1.0E10}</td></tr>
 * <tr><td>DECIMAL</td><td>decimal with the type's scale, never with an exponent</td></tr>
 * <tr><td>STRING</td><td>itself, in UTF-8 (half a surrogate pair, which UTF-8 cannot carry, becomes
 *     {@code ?})</td></tr>
 * <tr><td>BYTES</td><td>Base64 with padding</td></tr>
 * <tr><td>TIMESTAMP</td><td>milliseconds since the epoch, decimal</td></tr>
 * <tr><td>ARRAY, MAP</td><td>JSON, see {@link JsonText}</td></tr>
 * </table>
 */
public final class ValueText {
  private ValueText() {}

  /** The text of {@code value}, which is of the type's Java class. */
  public static String format(ValueType type, Object value) {
    return switch (type.kind()) {
      case BOOL, INT32, INT64, TIMESTAMP, STRING -> value.toString();
      case FLOAT -> shortest((Float) value);
      case DOUBLE -> shortest((Double) value);
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
      case ARRAY, MAP -> JsonText.format(type, value);
    };
  }

  /**
   * Reads what {@link #format} wrote.
   *
   * @throws IllegalArgumentException if {@code text} is no value of that type
   */
  static Object parse(ValueType type, String text) {
    return switch (type.kind()) {
      case BOOL -> parseBool(text);
      case INT32 -> Integer.valueOf(text);
      case INT64, TIMESTAMP -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> parseDecimal(type, text);
      case STRING -> text;
      case BYTES -> Base64.getDecoder().decode(text);
      case ARRAY, MAP -> JsonText.parse(type, text);
    };
  }

  /** {@code Double.toString} is not always the shortest before JDK 19. */
  static String shortest(double value) {
    return NumberOutput.toString(value, true);
  }

  static String shortest(float value) {
    return NumberOutput.toString(value, true);
  }

  static BigDecimal parseDecimal(ValueType type, String text) {
    BigDecimal value = new BigDecimal(text);
    if (value.scale() != type.scale()) {
      throw new IllegalArgumentException("'%s' is not of scale %d".formatted(text, type.scale()));
    }
    return value;
  }

  private static Boolean parseBool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'%s' is not true or false".formatted(text));
    };
  }
}
