// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values of cases: of events, entities, requests and features. None is ever rounded. */
final class CaseValues {
  /** What Java reads as a number and nobody else does, as "1d" or "0x1p3", is none. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

  private CaseValues() {}

  /**
   * The value, of the type's Java class; empty, with a problem added, if it is not of the type. A
   * null is not of any.
   */
  static Optional<Object> read(YamlValue value, ValueType type) {
    return switch (type.kind()) {
      case ARRAY -> array(value, type);
      case MAP -> map(value, type);
      default -> scalar(value, type);
    };
  }

  private static Optional<Object> scalar(YamlValue value, ValueType type) {
    String expected = type.kind() == ValueType.Kind.TIMESTAMP ? IsoInstant.EXPECTED : aValue(type);
    Optional<String> text = value.asText(expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Object converted = null;
    if (!type.isNumeric() || !value.isQuoted()) {
      try {
        converted = convert(text.get(), type);
      } catch (ArithmeticException | IllegalArgumentException e) {
        converted = null;
      }
    }
    if (converted == null) {
      value.problem(value.describe(), expected);
    }
    return Optional.ofNullable(converted);
  }

  private static Optional<Object> array(YamlValue value, ValueType type) {
    if (!value.isList()) {
      value.problem(value.describe(), aValue(type));
      return Optional.empty();
    }
    List<Object> items = new ArrayList<>();
    boolean whole = true;
    for (YamlValue element : value.asList()) {
      Optional<Object> item = read(element, elementOf(type));
      item.ifPresent(items::add);
      whole &= item.isPresent();
    }
    return whole ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  private static Optional<Object> map(YamlValue value, ValueType type) {
    if (!value.isMapping()) {
      value.problem(value.describe(), aValue(type));
      return Optional.empty();
    }
    Map<String, Object> items = new LinkedHashMap<>();
    Map<String, YamlValue> fields = value.asMapping().map(YamlMapping::fields).orElse(Map.of());
    fields.forEach(
        (key, element) -> read(element, elementOf(type)).ifPresent(item -> items.put(key, item)));
    return items.size() == fields.size() ? Optional.of(Map.copyOf(items)) : Optional.empty();
  }

  private static Object convert(String text, ValueType type) {
    return switch (type.kind()) {
      case BOOL -> ScalarText.bool(text);
      case INT32 -> Integer.valueOf(text);
      case INT64 -> Long.valueOf(text);
      case FLOAT -> ScalarText.finite(Float.parseFloat(number(text)));
      case DOUBLE -> ScalarText.finite(Double.parseDouble(number(text)));
      case DECIMAL -> ScalarText.decimal(number(text), type);
      case STRING -> text;
      case BYTES -> Base64.getDecoder().decode(text);
      case TIMESTAMP -> IsoInstant.parse(text);
      case ARRAY, MAP -> throw new IllegalStateException("no scalar: " + type);
    };
  }

  private static String number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("no number: " + text);
    }
    return text;
  }

  private static ValueType elementOf(ValueType type) {
    ValueType element = type.element();
    if (element == null) {
      throw new IllegalStateException("no elements: " + type);
    }
    return element;
  }

  private static String aValue(ValueType type) {
    return switch (type.kind()) {
      case BYTES -> "BYTES in base64";
      case ARRAY -> "a list, as a value of " + type;
      case MAP -> "fields, as a value of " + type;
      default -> "a value of " + type;
    };
  }
}
