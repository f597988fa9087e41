// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Reads values out of Flink's internal form. */
final class InternalValues {
  /** Iceberg keeps microseconds. */
  static final int TIMESTAMP_PRECISION = 6;

  private InternalValues() {}

  /** The value of a field, of its type's Java class. */
  static @Nullable Object read(RowData row, int field, ValueType type) {
    if (row.isNullAt(field)) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL -> row.getBoolean(field);
      case INT32 -> row.getInt(field);
      case INT64 -> row.getLong(field);
      case FLOAT -> row.getFloat(field);
      case DOUBLE -> row.getDouble(field);
      case DECIMAL -> row.getDecimal(field, type.precision(), type.scale()).toBigDecimal();
      case STRING -> row.getString(field).toString();
      case BYTES -> row.getBinary(field);
      case TIMESTAMP -> row.getTimestamp(field, TIMESTAMP_PRECISION).getMillisecond();
      case ARRAY -> list(row.getArray(field), element(type));
      case MAP -> map(row.getMap(field), element(type));
    };
  }

  private static @Nullable Object read(ArrayData array, int index, ValueType type) {
    if (array.isNullAt(index)) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL -> array.getBoolean(index);
      case INT32 -> array.getInt(index);
      case INT64 -> array.getLong(index);
      case FLOAT -> array.getFloat(index);
      case DOUBLE -> array.getDouble(index);
      case DECIMAL -> array.getDecimal(index, type.precision(), type.scale()).toBigDecimal();
      case STRING -> array.getString(index).toString();
      case BYTES -> array.getBinary(index);
      case TIMESTAMP -> array.getTimestamp(index, TIMESTAMP_PRECISION).getMillisecond();
      case ARRAY -> list(array.getArray(index), element(type));
      case MAP -> map(array.getMap(index), element(type));
    };
  }

  private static List<@Nullable Object> list(ArrayData array, ValueType element) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      list.add(read(array, i, element));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> map(MapData map, ValueType element) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < map.size(); i++) {
      values.put(map.keyArray().getString(i).toString(), read(map.valueArray(), i, element));
    }
    return Collections.unmodifiableMap(values);
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
