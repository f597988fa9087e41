// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/**
 * Rows out of Iceberg's generic records, column by name: in a table that has not been renamed yet,
 * by the former one.
 *
 * @param keys the join keys
 * @param features the view's features
 */
record RecordConverter(List<JoinKey> keys, List<Feature> features) {

  static RecordConverter of(StoredView view) {
    return new RecordConverter(view.entity().joinKeys(), view.storedFeatures());
  }

  OfflineRow convert(Record row) {
    return new OfflineRow(
        keys.stream().map(key -> value(key.type(), row.getField(key.name()))).toArray(),
        millis(row.getField(OfflineSchema.EVENT_TIMESTAMP)),
        millis(row.getField(OfflineSchema.CREATED_TIMESTAMP)),
        features.stream().map(f -> value(f, row)).toArray());
  }

  /** Null of a feature whose column is not there: no row has a value of it yet. */
  private static @Nullable Object value(Feature feature, Record row) {
    String was = feature.was();
    if (was != null && row.struct().field(feature.name()) == null) {
      return value(feature.type(), row.getField(was));
    }
    return value(feature.type(), row.getField(feature.name()));
  }

  /** A value of a join key in the form that Iceberg's filters take. */
  static Object literal(ValueType type, Object value) {
    return switch (type.kind()) {
      case TIMESTAMP ->
          ChronoUnit.MICROS.between(Instant.EPOCH, Instant.ofEpochMilli((Long) value));
      case BYTES -> ByteBuffer.wrap((byte[]) value);
      case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING, ARRAY, MAP -> value;
    };
  }

  /** A value out of a record. */
  static @Nullable Object value(ValueType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING -> value;
      case BYTES -> ByteBuffers.toByteArray((ByteBuffer) value);
      case TIMESTAMP -> millis(value);
      case ARRAY -> list(element(type), (List<?>) value);
      case MAP -> map(element(type), (Map<?, ?>) value);
    };
  }

  private static List<@Nullable Object> list(ValueType element, List<?> values) {
    List<@Nullable Object> list = new ArrayList<>();
    values.forEach(value -> list.add(value(element, value)));
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> map(ValueType element, Map<?, ?> values) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put(key.toString(), value(element, value)));
    return Collections.unmodifiableMap(map);
  }

  /** A timestamp out of a record, in milliseconds since the epoch. */
  static long millis(Object value) {
    return ((OffsetDateTime) value).toInstant().toEpochMilli();
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
