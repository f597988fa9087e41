// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.Suggestions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as definitions write them. */
final class TypeNames {
  private static final Map<String, ValueType> SIMPLE = simple();
  private static final List<String> KEYS =
      List.of("BOOL", "INT32", "INT64", "STRING", "BYTES", "TIMESTAMP");
  private static final List<String> REQUEST =
      List.of("BOOL", "INT32", "INT64", "FLOAT", "DOUBLE", "STRING", "TIMESTAMP");
  private static final Pattern DECIMAL =
      Pattern.compile("DECIMAL\\s*\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)");
  private static final Pattern ARRAY = Pattern.compile("ARRAY\\s*<(.*)>");
  private static final Pattern MAP = Pattern.compile("MAP\\s*<\\s*STRING\\s*,(.*)>");
  private static final String DECIMAL_FORM = "DECIMAL(p,s)";
  private static final String NESTED_FORMS = "ARRAY<…>, MAP<STRING, …>";

  private TypeNames() {}

  /** The type of a join key. */
  static Optional<ValueType> readKeyType(YamlValue value) {
    return read(value, KEYS, "", text -> KEYS.contains(text) ? parse(text) : Optional.empty());
  }

  /** The type of what a request says: a scalar that expressions can use. */
  static Optional<ValueType> readRequestType(YamlValue value) {
    return read(
        value,
        REQUEST,
        ", " + DECIMAL_FORM,
        text ->
            parse(text)
                .filter(
                    type ->
                        type.kind() == ValueType.Kind.DECIMAL
                            || REQUEST.contains(type.toString())));
  }

  /** Any type. */
  static Optional<ValueType> read(YamlValue value) {
    return read(
        value, SIMPLE.keySet(), ", " + DECIMAL_FORM + ", " + NESTED_FORMS, TypeNames::parse);
  }

  private static Optional<ValueType> read(
      YamlValue value, Collection<String> names, String others, Parser parser) {
    Optional<String> text = value.asText("a type").map(String::strip);
    Optional<ValueType> type = text.flatMap(parser::parse);
    if (text.isPresent() && type.isEmpty()) {
      value.problem(
          value.describe(),
          "one of " + String.join(", ", names) + others,
          Suggestions.didYouMean(text.get(), names).orElse(null));
    }
    return type;
  }

  private static Optional<ValueType> parse(String text) {
    String type = text.strip();
    Matcher array = ARRAY.matcher(type);
    if (array.matches()) {
      return parse(array.group(1)).map(ValueType::arrayOf);
    }
    Matcher map = MAP.matcher(type);
    if (map.matches()) {
      return parse(map.group(1)).map(ValueType::mapOf);
    }
    Matcher decimal = DECIMAL.matcher(type);
    return decimal.matches()
        ? decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)))
        : Optional.ofNullable(SIMPLE.get(type));
  }

  private static Optional<ValueType> decimal(int precision, int scale) {
    boolean legal = precision >= 1 && precision <= ValueType.MAX_PRECISION && scale <= precision;
    return legal ? Optional.of(ValueType.decimal(precision, scale)) : Optional.empty();
  }

  private static Map<String, ValueType> simple() {
    Map<String, ValueType> types = new LinkedHashMap<>();
    for (ValueType type :
        List.of(
            ValueType.BOOL,
            ValueType.INT32,
            ValueType.INT64,
            ValueType.FLOAT,
            ValueType.DOUBLE,
            ValueType.STRING,
            ValueType.BYTES,
            ValueType.TIMESTAMP)) {
      types.put(type.toString(), type);
    }
    return types;
  }

  @FunctionalInterface
  private interface Parser {
    Optional<ValueType> parse(String text);
  }
}
