// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.jspecify.annotations.Nullable;

/**
 * Rows in Flink's internal form, in the order of the table's columns.
 *
 * @param keyTypes the types of the join keys
 * @param valueTypes the types of the features
 */
public record RowDataConverter(List<ValueType> keyTypes, List<ValueType> valueTypes)
    implements RowFormat<OfflineRow> {

  /** A converter of the rows of {@code view}. */
  public static RowDataConverter of(StoredView view) {
    return new RowDataConverter(
        view.entity().joinKeys().stream().map(JoinKey::type).toList(),
        view.storedFeatures().stream().map(Feature::type).toList());
  }

  @Override
  public long eventTimestamp(OfflineRow row) {
    return row.eventTimestamp();
  }

  /** The row in Flink's form. */
  @Override
  public RowData convert(OfflineRow row) {
    GenericRowData data = new GenericRowData(keyTypes.size() + valueTypes.size() + 2);
    int column = put(data, 0, keyTypes, row.key());
    data.setField(column++, TimestampData.fromEpochMillis(row.eventTimestamp()));
    column = put(data, column, valueTypes, row.values());
    data.setField(column, TimestampData.fromEpochMillis(row.createdTimestamp()));
    return data;
  }

  private static int put(GenericRowData data, int start, List<ValueType> types, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      data.setField(start + i, internal(types.get(i), values[i]));
    }
    return start + values.length;
  }

  /** A value in Flink's internal form. */
  static @Nullable Object internal(ValueType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE, BYTES -> value;
      case STRING -> StringData.fromString((String) value);
      case TIMESTAMP -> TimestampData.fromEpochMillis((Long) value);
      case DECIMAL ->
          DecimalData.fromBigDecimal((BigDecimal) value, type.precision(), type.scale());
      case ARRAY -> array(element(type), (List<?>) value);
      case MAP -> map(element(type), (Map<?, ?>) value);
    };
  }

  private static GenericArrayData array(ValueType element, List<?> values) {
    return new GenericArrayData(values.stream().map(value -> internal(element, value)).toArray());
  }

  private static GenericMapData map(ValueType element, Map<?, ?> values) {
    Map<Object, @Nullable Object> map = new HashMap<>();
    values.forEach(
        (key, value) -> map.put(StringData.fromString((String) key), internal(element, value)));
    return new GenericMapData(map);
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
