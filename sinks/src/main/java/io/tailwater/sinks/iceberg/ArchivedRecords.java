// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.offline.ArchiveSchema;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** An archive's rows as Iceberg's generic records. */
final class ArchivedRecords {
  private ArchivedRecords() {}

  /**
   * Those rows that have all values of at least one of the maps; all rows without a map.
   *
   * @param anyOf by field, values of the fields' types' Java classes
   */
  static Expression filter(EventSource source, List<Map<String, Object>> anyOf) {
    return anyOf.stream()
        .map(values -> allOf(source, values))
        .reduce(Expressions::or)
        .orElse(Expressions.alwaysTrue());
  }

  /**
   * A row's event.
   *
   * @param columns the names of those that were read
   */
  static ArchivedEvent event(EventSource source, List<String> columns, Record record) {
    @Nullable Object[] row = new @Nullable Object[source.fields().size()];
    for (int i = 0; i < row.length; i++) {
      Field field = source.fields().get(i);
      row[i] =
          columns.contains(field.name())
              ? RecordConverter.value(field.type(), record.getField(field.name()))
              : null;
    }
    return new ArchivedEvent(
        row,
        RecordConverter.millis(record.getField(ArchiveSchema.EVENT_TIME)),
        record.getField(ArchiveSchema.TOPIC).toString(),
        (Integer) record.getField(ArchiveSchema.PARTITION),
        (Long) record.getField(ArchiveSchema.OFFSET));
  }

  private static Expression allOf(EventSource source, Map<String, Object> values) {
    Expression all = Expressions.alwaysTrue();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      ValueType type = typeOf(source, value.getKey());
      Object literal = RecordConverter.literal(type, value.getValue());
      all = Expressions.and(all, Expressions.equal(value.getKey(), literal));
    }
    return all;
  }

  private static ValueType typeOf(EventSource source, String field) {
    return source.fields().stream()
        .filter(known -> known.name().equals(field))
        .map(Field::type)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "source '%s' has no field '%s'".formatted(source.name(), field)));
  }
}
