// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** How the values of a source's fields are read off Iceberg's generic records. Not thread-safe. */
final class IcebergRow {
  private final List<Field> fields;
  private final int[] columns;
  private final List<@Nullable IcebergValueReader> readers;
  private final Violations violations = new Violations();

  private IcebergRow(
      List<Field> fields, int[] columns, List<@Nullable IcebergValueReader> readers) {
    this.fields = fields;
    this.columns = columns;
    this.readers = readers;
  }

  /**
   * Compiles the way from records of {@code schema} to rows of {@code source}.
   *
   * @param found the columns that there are, for the message
   * @throws IllegalArgumentException naming the columns that are missing or of another type
   */
  static IcebergRow of(EventSource source, Schema schema, List<String> found) {
    List<String> names = schema.columns().stream().map(Types.NestedField::name).toList();
    List<@Nullable IcebergValueReader> readers =
        FileFields.match(
            source,
            found,
            field -> {
              Types.NestedField column = schema.findField(field.name());
              return column == null ? null : IcebergValueReaders.of(column.type(), field.type());
            });
    int[] columns = source.fields().stream().mapToInt(f -> names.indexOf(f.name())).toArray();
    return new IcebergRow(source.fields(), columns, readers);
  }

  /**
   * The record's values.
   *
   * @throws RejectedException if they break the schema
   */
  @Nullable Object[] values(Record record) throws RejectedException {
    violations.reset();
    @Nullable Object[] row = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      violations.enter(fields.get(i).name());
      row[i] = value(i, record);
      if (row[i] == null && !fields.get(i).nullable()) {
        violations.add("null", "a required " + fields.get(i).type());
      }
    }
    violations.throwFirst();
    return row;
  }

  private @Nullable Object value(int i, Record record) {
    IcebergValueReader reader = readers.get(i);
    Object value = reader == null ? null : record.get(columns[i]);
    return value == null || reader == null ? null : reader.read(value, violations);
  }
}
