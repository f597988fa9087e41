// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.source.reader.RowDataConverter;
import org.jspecify.annotations.Nullable;

/** Rows out of Flink's internal form, whatever other columns the table has. */
final class OfflineRowConverter implements RowDataConverter<OfflineRow> {
  private static final long serialVersionUID = 1L;

  private final List<ValueType> keyTypes;
  private final int[] keys;
  private final int eventTimestamp;
  private final List<ValueType> featureTypes;
  private final int[] features;
  private final int createdTimestamp;
  private final RowData.FieldGetter[] columns;
  private final LogicalType[] types;
  private final OfflineRowTypeInfo produced;

  /**
   * @param schema of the view's table, with all of its columns
   */
  OfflineRowConverter(StoredView view, Schema schema) {
    this.keyTypes = view.entity().joinKeys().stream().map(JoinKey::type).toList();
    this.keys = TableColumns.places(schema, TableColumns.ofKeys(view));
    this.eventTimestamp = TableColumns.place(schema, OfflineSchema.EVENT_TIMESTAMP);
    this.featureTypes = view.storedFeatures().stream().map(Feature::type).toList();
    this.features = TableColumns.places(schema, TableColumns.ofFeatures(view));
    this.createdTimestamp = TableColumns.place(schema, OfflineSchema.CREATED_TIMESTAMP);
    this.produced = OfflineRowTypeInfo.of(view);
    RowType row = FlinkSchemaUtil.convert(schema);
    this.types = row.getChildren().toArray(LogicalType[]::new);
    this.columns = new RowData.FieldGetter[types.length];
    for (int i = 0; i < types.length; i++) {
      columns[i] = RowData.createFieldGetter(types[i], i);
    }
  }

  @Override
  public OfflineRow apply(RowData row) {
    return new OfflineRow(
        values(row, keys, keyTypes),
        millis(row, eventTimestamp),
        millis(row, createdTimestamp),
        values(row, features, featureTypes));
  }

  private long millis(RowData row, int column) {
    Object value = columns[column].getFieldOrNull(row);
    return ((TimestampData) requireNonNull(value, "timestamp is null")).getMillisecond();
  }

  // NullAway: the elements of OfflineRow.values may be null, as its Javadoc says.
  @SuppressWarnings("NullAway")
  private Object[] values(RowData row, int[] places, List<ValueType> valueTypes) {
    Object[] values = new Object[valueTypes.size()];
    for (int i = 0; i < values.length; i++) {
      int column = places[i];
      values[i] = value(valueTypes.get(i), types[column], columns[column].getFieldOrNull(row));
    }
    return values;
  }

  private static @Nullable Object value(ValueType type, LogicalType sql, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE -> value;
      case BYTES -> ((byte[]) value).clone();
      case STRING -> value.toString();
      case TIMESTAMP -> ((TimestampData) value).getMillisecond();
      case DECIMAL -> ((DecimalData) value).toBigDecimal();
      case ARRAY -> list(element(type), sql.getChildren().get(0), (ArrayData) value);
      case MAP -> map(element(type), (MapType) sql, (MapData) value);
    };
  }

  private static List<@Nullable Object> list(ValueType element, LogicalType sql, ArrayData data) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(sql);
    List<@Nullable Object> list = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      list.add(value(element, sql, getter.getElementOrNull(data, i)));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> map(ValueType element, MapType sql, MapData data) {
    List<@Nullable Object> keys = list(ValueType.STRING, sql.getKeyType(), data.keyArray());
    List<@Nullable Object> values = list(element, sql.getValueType(), data.valueArray());
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(String.valueOf(keys.get(i)), values.get(i));
    }
    return Collections.unmodifiableMap(map);
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }

  @Override
  public TypeInformation<OfflineRow> getProducedType() {
    return produced;
  }
}
