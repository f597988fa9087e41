// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.redis.ValueText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON that Feast's clients read: numbers by the shortest text that reads back as the
 * same bits, BYTES as Base64, TIMESTAMP as seconds since the epoch, with a fraction where there is
 * one, and what is not a number as null.
 */
final class JsonWriter {
  private static final int MILLIS_SCALE = 3;

  private JsonWriter() {}

  static void write(JsonGenerator json, ValueType type, @Nullable Object value) throws IOException {
    if (value == null || isNotANumber(value)) {
      json.writeNull();
      return;
    }
    switch (type.kind()) {
      case BOOL -> json.writeBoolean((Boolean) value);
      case INT32 -> json.writeNumber((Integer) value);
      case INT64 -> json.writeNumber((Long) value);
      case FLOAT, DOUBLE, DECIMAL -> json.writeNumber(ValueText.format(type, value));
      case STRING -> json.writeString((String) value);
      case BYTES -> json.writeString(Base64.getEncoder().encodeToString((byte[]) value));
      case TIMESTAMP -> json.writeNumber(seconds((Long) value));
      case ARRAY -> writeArray(json, element(type), (List<?>) value);
      case MAP -> writeMap(json, element(type), (Map<?, ?>) value);
    }
  }

  /** Whether it is a floating-point value that JSON has no number for. */
  static boolean isNotANumber(@Nullable Object value) {
    return (value instanceof Double number && !Double.isFinite(number))
        || (value instanceof Float small && !Float.isFinite(small));
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
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      json.writeFieldName((String) entry.getKey());
      write(json, element, entry.getValue());
    }
    json.writeEndObject();
  }

  private static String seconds(long millis) {
    BigDecimal seconds = BigDecimal.valueOf(millis, MILLIS_SCALE);
    return (millis % 1_000 == 0 ? seconds.setScale(0) : seconds).toPlainString();
  }

  private static ValueType element(ValueType type) {
    return Objects.requireNonNull(type.element(), () -> type + " has no elements");
  }
}
