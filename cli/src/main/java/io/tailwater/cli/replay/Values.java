// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.replay;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of features and fields for people and programs. */
public final class Values {
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Values() {}

  /**
   * Whether two values are the same, bit for bit. Numbers of features are never −0.0 or not finite,
   * and decimals of one type have one scale.
   */
  public static boolean same(@Nullable Object left, @Nullable Object right) {
    return Objects.deepEquals(left, right);
  }

  /** The value on one line: what YAML and JSON would have, with instants in ISO-8601. */
  public static String text(@Nullable Object value, ValueType type) {
    Object json = json(value, type);
    return json instanceof List || json instanceof Map || json instanceof String
        ? Json.line(json)
        : String.valueOf(json);
  }

  /** The value as JSON has it: decimals, bytes and instants as texts. */
  public static @Nullable Object json(@Nullable Object value, ValueType type) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case TIMESTAMP -> instant((Long) value);
      case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case ARRAY -> list((List<?>) value, element(type));
      case MAP -> map((Map<?, ?>) value, element(type));
      case BOOL, INT32, INT64, FLOAT, DOUBLE, STRING -> value;
    };
  }

  /** An instant in ISO-8601. */
  public static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** {@code found …, expected …}, and of numbers and maps what the difference is. */
  public static String difference(
      @Nullable Object found, @Nullable Object expected, ValueType type) {
    String values = "found %s, expected %s".formatted(text(found, type), text(expected, type));
    if (found == null || expected == null) {
      return values;
    }
    return switch (type.kind()) {
      case INT32, INT64, FLOAT, DOUBLE, DECIMAL -> values + ": " + distance(found, expected);
      case MAP -> values + ": " + keys((Map<?, ?>) found, (Map<?, ?>) expected, element(type));
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY -> values;
    };
  }

  private static String distance(Object found, Object expected) {
    BigDecimal difference = exact(found).subtract(exact(expected));
    String amount = difference.abs().round(THREE_DIGITS).stripTrailingZeros().toString();
    String direction = difference.signum() < 0 ? "less" : "more";
    long steps = steps(found, expected);
    String bits = steps > 0 && steps < 1000 ? ", %d ulp".formatted(steps) : "";
    return "%s %s%s".formatted(amount, direction, bits);
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double || number instanceof Float
        ? new BigDecimal(((Number) number).doubleValue())
        : new BigDecimal(number.toString());
  }

  /** How many floating-point numbers lie between, if they are of one sign; else 0. */
  private static long steps(Object found, Object expected) {
    if (found instanceof Double one && expected instanceof Double other && one * other > 0) {
      return Math.abs(Double.doubleToLongBits(one) - Double.doubleToLongBits(other));
    }
    if (found instanceof Float one && expected instanceof Float other && one * other > 0) {
      return Math.abs((long) Float.floatToIntBits(one) - Float.floatToIntBits(other));
    }
    return 0;
  }

  private static String keys(Map<?, ?> found, Map<?, ?> expected, ValueType element) {
    TreeMap<String, String> keys = new TreeMap<>();
    found.forEach(
        (key, value) -> {
          if (!expected.containsKey(key)) {
            keys.put(Json.line(key), "not expected");
          } else if (!same(value, expected.get(key))) {
            keys.put(Json.line(key), difference(value, expected.get(key), element));
          }
        });
    expected.keySet().stream()
        .filter(key -> !found.containsKey(key))
        .forEach(key -> keys.put(Json.line(key), "missing"));
    List<String> parts = new ArrayList<>();
    keys.forEach((key, text) -> parts.add(key + " " + text));
    return String.join("; ", parts);
  }

  private static List<@Nullable Object> list(List<?> values, ValueType element) {
    List<@Nullable Object> json = new ArrayList<>();
    values.forEach(value -> json.add(json(value, element)));
    return json;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> values, ValueType element) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    values.forEach((key, value) -> sorted.put(key.toString(), json(value, element)));
    return new LinkedHashMap<>(sorted);
  }

  private static ValueType element(ValueType type) {
    return Objects.requireNonNull(type.element(), "elements have a type");
  }
}
