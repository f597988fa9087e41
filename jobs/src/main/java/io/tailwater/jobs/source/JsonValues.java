// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON values as the Java classes of {@link ValueType}s. Nothing is converted in silence: a
 * number in quotes is no number (but for DECIMAL, which many producers write so to keep it exact),
 * 1.5 is no integer and a number out of the type's range is none of it.
 */
final class JsonValues {
  private static final Object NOT_OF_TYPE = new Object();

  private JsonValues() {}

  /**
   * The value at the parser's current token, which is left at the value's last token.
   *
   * @return null for a JSON null and, with a violation noted, for what is not of the type
   */
  static @Nullable Object read(JsonParser parser, ValueType type, Violations violations)
      throws IOException, RejectedException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    Object value =
        switch (type.kind()) {
          case ARRAY -> readArray(parser, requireNonNull(type.element()), violations);
          case MAP -> readMap(parser, requireNonNull(type.element()), violations);
          case STRING, BYTES -> readText(parser, type);
          case BOOL -> token.isBoolean() ? (Object) parser.getBooleanValue() : NOT_OF_TYPE;
          case TIMESTAMP -> readInstant(parser);
          case INT32, INT64 -> readInteger(parser, type);
          case FLOAT, DOUBLE, DECIMAL -> readReal(parser, type, violations);
        };
    if (value != NOT_OF_TYPE) {
      return value;
    }
    violations.add(describe(parser), type);
    parser.skipChildren();
    return null;
  }

  private static Object readText(JsonParser parser, ValueType type) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return NOT_OF_TYPE;
    }
    String text = parser.getText();
    if (type.kind() == ValueType.Kind.STRING) {
      return Utf8Text.isEncodable(text) ? text : NOT_OF_TYPE;
    }
    return orNotOfType(TextValues.base64(text));
  }

  private static Object readInstant(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? orNotOfType(IsoInstants.parse(parser.getText()))
        : readInteger(parser, ValueType.INT64);
  }

  private static Object readInteger(JsonParser parser, ValueType type) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return NOT_OF_TYPE;
    }
    long value = parser.getLongValue();
    if (type.kind() == ValueType.Kind.INT64) {
      return value;
    }
    return value == (int) value ? (Object) (int) value : NOT_OF_TYPE;
  }

  private static @Nullable Object readReal(JsonParser parser, ValueType type, Violations violations)
      throws IOException {
    boolean decimal = type.kind() == ValueType.Kind.DECIMAL;
    if (decimal && parser.currentToken() == JsonToken.VALUE_STRING) {
      BigDecimal value = TextValues.decimal(parser.getText());
      return value == null ? NOT_OF_TYPE : NumberRules.exact(value, type, violations);
    }
    if (!parser.currentToken().isNumeric()) {
      return NOT_OF_TYPE;
    }
    String text = parser.getText();
    return decimal
        ? NumberRules.exact(new BigDecimal(text), type, violations)
        : TextValues.binary(text, type, violations);
  }

  private static Object readArray(JsonParser parser, ValueType element, Violations violations)
      throws IOException, RejectedException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return NOT_OF_TYPE;
    }
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(readItem(parser, element, violations));
    }
    return Collections.unmodifiableList(items);
  }

  private static Object readMap(JsonParser parser, ValueType element, Violations violations)
      throws IOException, RejectedException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return NOT_OF_TYPE;
    }
    Map<String, @Nullable Object> items = new HashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      if (items.containsKey(key)) {
        throw RejectedException.undecodable(
            "found key %s twice, expected it once".formatted(Violations.quoted(key)));
      }
      parser.nextToken();
      if (!Utf8Text.isEncodable(key)) {
        violations.add("a key with half of a surrogate pair", "Unicode text");
      }
      items.put(key, readItem(parser, element, violations));
    }
    return Collections.unmodifiableMap(items);
  }

  private static @Nullable Object readItem(
      JsonParser parser, ValueType element, Violations violations)
      throws IOException, RejectedException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      violations.add("null", "no null inside an array or a map");
    }
    return read(parser, element, violations);
  }

  private static Object orNotOfType(@Nullable Object value) {
    return value == null ? NOT_OF_TYPE : value;
  }

  private static String describe(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Violations.quoted(parser.getText());
      default -> parser.getText();
    };
  }
}
