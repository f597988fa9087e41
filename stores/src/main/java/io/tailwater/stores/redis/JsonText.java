// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Arrays and maps as JSON: numbers are JSON numbers with the digits of {@link ValueText}, TIMESTAMP
 * a number of milliseconds, BYTES a Base64 string, null elements {@code null}; a map's keys are in
 * the order of their code points, so that equal maps have equal texts.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String format(ValueType type, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, type, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static Object parse(ValueType type, String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      Object value = read(json, type);
      if (value == null || json.nextToken() != null) {
        throw new IllegalArgumentException("'%s' is no %s".formatted(text, type));
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("'%s' is no %s".formatted(text, type), e);
    }
  }

  private static void write(JsonGenerator json, ValueType type, @Nullable Object value)
      throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (type.kind()) {
      case BOOL -> json.writeBoolean((Boolean) value);
      case INT32 -> json.writeNumber((Integer) value);
      case INT64, TIMESTAMP -> json.writeNumber((Long) value);
      case FLOAT, DOUBLE, DECIMAL -> json.writeNumber(ValueText.format(type, value));
      case STRING -> json.writeString((String) value);
      case BYTES -> json.writeString(Base64.getEncoder().encodeToString((byte[]) value));
      case ARRAY -> writeArray(json, elementOf(type), (List<?>) value);
      case MAP -> writeMap(json, elementOf(type), (Map<?, ?>) value);
    }
  }

  private static void writeArray(JsonGenerator json, ValueType element, List<?> values)
      throws IOException {
    json.writeStartArray();
    for (Object value : values) {
      write(json, element, value);
    }
    json.writeEndArray();
  }

  private static void writeMap(JsonGenerator json, ValueType element, Map<?, ?> values)
      throws IOException {
    json.writeStartObject();
    SortedMap<String, @Nullable Object> sorted = new TreeMap<>(CodePointOrder.INSTANCE);
    values.forEach((key, value) -> sorted.put((String) key, value));
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      json.writeFieldName(entry.getKey());
      write(json, element, entry.getValue());
    }
    json.writeEndObject();
  }

  /** The value at the current token; null for {@code null}. */
  private static @Nullable Object read(JsonParser json, ValueType type) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL -> json.getBooleanValue();
      case INT32 -> json.getIntValue();
      case INT64, TIMESTAMP -> json.getLongValue();
      case FLOAT -> Float.valueOf(json.getText());
      case DOUBLE -> Double.valueOf(json.getText());
      case DECIMAL -> readDecimal(json, type);
      case STRING -> json.getText();
      case BYTES -> Base64.getDecoder().decode(json.getText());
      case ARRAY -> readArray(json, elementOf(type));
      case MAP -> readMap(json, elementOf(type));
    };
  }

  private static BigDecimal readDecimal(JsonParser json, ValueType type) throws IOException {
    return ValueText.parseDecimal(type, json.getText());
  }

  private static List<@Nullable Object> readArray(JsonParser json, ValueType element)
      throws IOException {
    require(json, JsonToken.START_ARRAY);
    List<@Nullable Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(read(json, element));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<String, @Nullable Object> readMap(JsonParser json, ValueType element)
      throws IOException {
    require(json, JsonToken.START_OBJECT);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      values.put(name, read(json, element));
    }
    return Collections.unmodifiableMap(values);
  }

  private static void require(JsonParser json, JsonToken expected) {
    if (json.currentToken() != expected) {
      throw new IllegalArgumentException(
          "expected %s but found %s".formatted(expected, json.currentToken()));
    }
  }

  private static ValueType elementOf(ValueType type) {
    ValueType element = type.element();
    if (element == null) {
      throw new IllegalArgumentException("%s has no elements".formatted(type));
    }
    return element;
  }
}
