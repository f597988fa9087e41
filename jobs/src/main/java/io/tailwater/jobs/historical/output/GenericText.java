// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.redis.ValueText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/** Values of Iceberg's generic records, the columns of labels, as text in CSV. */
final class GenericText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GenericText() {}

  static String of(Type type, Object value) {
    return switch (type.typeId()) {
      case LIST, MAP, STRUCT -> json(type, value);
      default -> scalar(value);
    };
  }

  private static String scalar(Object value) {
    if (value instanceof Double number) {
      return ValueText.format(ValueType.DOUBLE, number);
    }
    if (value instanceof Float number) {
      return ValueText.format(ValueType.FLOAT, number);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof OffsetDateTime instant) {
      return instant.toInstant().toString();
    }
    if (value instanceof ByteBuffer bytes) {
      return Base64.getEncoder().encodeToString(ByteBuffers.toByteArray(bytes));
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value.toString();
  }

  private static String json(Type type, Object value) {
    try {
      return JSON.writeValueAsString(tree(type, value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not for JSON: " + value, e);
    }
  }

  private static @Nullable Object tree(Type type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (type instanceof Types.ListType list) {
      List<@Nullable Object> elements = new ArrayList<>();
      ((List<?>) value).forEach(element -> elements.add(tree(list.elementType(), element)));
      return elements;
    }
    if (type instanceof Types.MapType map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, entry) -> entries.put(scalar(key), tree(map.valueType(), entry)));
      return entries;
    }
    if (type instanceof Types.StructType struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        Types.NestedField field = struct.fields().get(i);
        fields.put(field.name(), tree(field.type(), ((StructLike) value).get(i, Object.class)));
      }
      return fields;
    }
    return value instanceof Number || value instanceof Boolean ? value : scalar(value);
  }
}
