// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.offline.OfflineColumn;
import io.tailwater.stores.offline.OfflineSchema;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Types and values in Iceberg's terms, as the offline tables have them. */
public final class IcebergTypes {
  private IcebergTypes() {}

  /** The type of a column of {@code type}. Ids in it are not unique beside other columns. */
  public static Type of(ValueType type) {
    OfflineColumn column = new OfflineColumn("value", type, false, "");
    return IcebergSchemas.schema(new OfflineSchema(List.of(column))).columns().get(0).type();
  }

  /** A value in the form of Iceberg's generic records. */
  public static @Nullable Object generic(ValueType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING -> value;
      case BYTES -> ByteBuffer.wrap((byte[]) value);
      case TIMESTAMP -> instant((Long) value);
      case ARRAY -> list(element(type), (List<?>) value);
      case MAP -> map(element(type), (Map<?, ?>) value);
    };
  }

  /** An instant, in milliseconds, in the form of Iceberg's generic records. */
  public static OffsetDateTime instant(long millis) {
    return OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static List<@Nullable Object> list(ValueType element, List<?> values) {
    List<@Nullable Object> list = new ArrayList<>(values.size());
    values.forEach(value -> list.add(generic(element, value)));
    return list;
  }

  private static Map<String, @Nullable Object> map(ValueType element, Map<?, ?> values) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put((String) key, generic(element, value)));
    return map;
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
