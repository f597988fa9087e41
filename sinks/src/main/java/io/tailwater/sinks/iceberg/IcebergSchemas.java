// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.offline.OfflineColumn;
import io.tailwater.stores.offline.OfflineSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Offline schemas in Iceberg's terms. */
final class IcebergSchemas {
  private IcebergSchemas() {}

  static Schema schema(OfflineSchema offline) {
    return schema(offline.columns());
  }

  static Schema schema(List<OfflineColumn> columns) {
    AtomicInteger ids = new AtomicInteger();
    List<Types.NestedField> fields = new ArrayList<>();
    for (OfflineColumn column : columns) {
      int id = ids.incrementAndGet();
      Type type = type(column.type(), ids);
      fields.add(
          Types.NestedField.builder()
              .withId(id)
              .isOptional(!column.required())
              .withName(column.name())
              .ofType(type)
              .withDoc(docOf(column))
              .build());
    }
    return new Schema(fields);
  }

  /** By day: what a training set's time range and a backfill's range select by. */
  static PartitionSpec partition(Schema schema) {
    return PartitionSpec.builderFor(schema).day(OfflineSchema.EVENT_TIMESTAMP).build();
  }

  /** The order in which a compaction lays rows: an entity's history side by side. */
  static SortOrder sortOrder(Schema schema, int keyColumns) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    for (Types.NestedField key : schema.columns().subList(0, keyColumns)) {
      order.asc(key.name(), NullOrder.NULLS_FIRST);
    }
    return order.asc(OfflineSchema.EVENT_TIMESTAMP, NullOrder.NULLS_FIRST).build();
  }

  private static Type type(ValueType type, AtomicInteger ids) {
    return switch (type.kind()) {
      case BOOL -> Types.BooleanType.get();
      case INT32 -> Types.IntegerType.get();
      case INT64 -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DECIMAL -> Types.DecimalType.of(type.precision(), type.scale());
      case STRING -> Types.StringType.get();
      case BYTES -> Types.BinaryType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
      case ARRAY -> Types.ListType.ofOptional(ids.incrementAndGet(), element(type, ids));
      case MAP ->
          Types.MapType.ofOptional(
              ids.incrementAndGet(),
              ids.incrementAndGet(),
              Types.StringType.get(),
              element(type, ids));
    };
  }

  private static Type element(ValueType type, AtomicInteger ids) {
    return type(requireNonNull(type.element(), "element is null"), ids);
  }

  private static @Nullable String docOf(OfflineColumn column) {
    return column.description().isEmpty() ? null : column.description();
  }
}
