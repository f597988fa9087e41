// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
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
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows in Flink's internal form, in the order of the table's columns; null in those that no feature
 * fills.
 */
public final class RowDataConverter implements RowFormat<OfflineRow> {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final ArrayList<ValueType> keyTypes;
  private final int[] keys;
  private final int eventTimestamp;
  private final ArrayList<ValueType> valueTypes;
  private final int[] values;
  private final int createdTimestamp;

  private RowDataConverter(StoredView view, Schema schema) {
    this.width = schema.columns().size();
    this.keyTypes = new ArrayList<>(view.entity().joinKeys().stream().map(JoinKey::type).toList());
    this.keys = TableColumns.places(schema, TableColumns.ofKeys(view));
    this.eventTimestamp = TableColumns.place(schema, OfflineSchema.EVENT_TIMESTAMP);
    this.valueTypes = new ArrayList<>(view.storedFeatures().stream().map(Feature::type).toList());
    this.values = TableColumns.places(schema, TableColumns.ofFeatures(view));
    this.createdTimestamp = TableColumns.place(schema, OfflineSchema.CREATED_TIMESTAMP);
  }

  /**
   * A converter of the rows of {@code view}.
   *
   * @param schema of its table, with all of its columns
   */
  public static RowDataConverter of(StoredView view, Schema schema) {
    return new RowDataConverter(view, schema);
  }

  @Override
  public long eventTimestamp(OfflineRow row) {
    return row.eventTimestamp();
  }

  /** The row in Flink's form. */
  @Override
  public RowData convert(OfflineRow row) {
    GenericRowData data = new GenericRowData(width);
    put(data, keys, keyTypes, row.key());
    data.setField(eventTimestamp, TimestampData.fromEpochMillis(row.eventTimestamp()));
    put(data, values, valueTypes, row.values());
    data.setField(createdTimestamp, TimestampData.fromEpochMillis(row.createdTimestamp()));
    return data;
  }

  private static void put(
      GenericRowData data, int[] places, List<ValueType> types, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      data.setField(places[i], internal(types.get(i), values[i]));
    }
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
