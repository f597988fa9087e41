// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.sinks.iceberg.IcebergTypes;
import io.tailwater.sinks.types.ValuesSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.jspecify.annotations.Nullable;

/**
 * The features of a table's row as bytes, in the form of {@link ValuesSerializer}: most rows are
 * passed over without a look at these. Not thread-safe.
 */
final class StoredValues {
  private final ValueType[] types;
  private final RowData.FieldGetter[] getters;
  private final ValuesSerializer serializer;
  private final @Nullable Object[] values;

  /**
   * @param types of the features
   * @param schema of the rows
   * @param first the column of the first feature; the others follow
   */
  StoredValues(List<ValueType> types, Schema schema, int first) {
    this.types = types.toArray(ValueType[]::new);
    this.serializer = new ValuesSerializer(types);
    this.values = new @Nullable Object[types.size()];
    List<LogicalType> columns = FlinkSchemaUtil.convert(schema).getChildren();
    this.getters = new RowData.FieldGetter[types.size()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(columns.get(first + i).copy(true), first + i);
    }
  }

  /** Appends the features of {@code row}. */
  void write(RowData row, DataOutputSerializer out) throws IOException {
    for (int i = 0; i < types.length; i++) {
      values[i] = value(types[i], getters[i].getFieldOrNull(row));
    }
    serializer.serialize(values, out);
  }

  private static @Nullable Object value(ValueType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE, BYTES -> value;
      case STRING -> ((StringData) value).toString();
      case TIMESTAMP -> ((TimestampData) value).getMillisecond();
      case DECIMAL -> ((DecimalData) value).toBigDecimal();
      case ARRAY -> list(element(type), (ArrayData) value);
      case MAP -> map(element(type), (MapData) value);
    };
  }

  private static List<@Nullable Object> list(ValueType element, ArrayData data) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(logical(element));
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      list.add(value(element, getter.getElementOrNull(data, i)));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> map(ValueType element, MapData data) {
    ArrayData keys = data.keyArray();
    List<@Nullable Object> values = list(element, data.valueArray());
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < data.size(); i++) {
      map.put(keys.getString(i).toString(), values.get(i));
    }
    return Collections.unmodifiableMap(map);
  }

  private static LogicalType logical(ValueType type) {
    return FlinkSchemaUtil.convert(IcebergTypes.of(type));
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
