// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.jobs.historical.files.FlinkFiles;
import io.tailwater.jobs.source.CsvTable;
import io.tailwater.sinks.iceberg.IcebergTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Labels in a CSV file with a header. An empty cell is null.
 *
 * @param path where the file is
 * @param columns the header's names
 * @param header the header's own bytes
 */
record CsvLabels(String path, List<String> columns, byte[] header) implements Labels {

  /** Reads the header of a file. */
  static CsvLabels of(String path) throws IOException {
    try (CsvTable table = CsvTable.open(FlinkFiles.open(path))) {
      return new CsvLabels(path, table.columns(), table.header());
    }
  }

  @Override
  public String name() {
    return path;
  }

  @Override
  public byte @Nullable [] csvHeader() {
    return header;
  }

  /** Columns that are known have their types; what else there is, is text. */
  @Override
  public Schema schema(List<Field> needed) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (String column : columns) {
      fields.add(Types.NestedField.optional(fields.size() + 1, column, type(column, needed)));
    }
    return new Schema(fields);
  }

  private static Type type(String column, List<Field> needed) {
    if (column.equals(EVENT_TIMESTAMP)) {
      return Types.TimestampType.withZone();
    }
    ValueType type = declaredType(column, needed);
    return type == null ? Types.StringType.get() : IcebergTypes.of(type);
  }

  /** The type that all fields of that name have; null if none has it, or they differ. */
  private static @Nullable ValueType declaredType(String column, List<Field> needed) {
    List<ValueType> types =
        needed.stream()
            .filter(field -> field.name().equals(column))
            .map(Field::type)
            .distinct()
            .toList();
    return types.size() == 1 ? types.get(0) : null;
  }

  @Override
  public List<String> problems(List<Field> needed) {
    List<String> problems = new ArrayList<>(Columns.problems(columns, needed));
    for (Field field : needed) {
      switch (field.type().kind()) {
        case ARRAY, MAP ->
            problems.add(
                "column '%s' is %s, which a CSV file cannot hold: give the labels as Parquet"
                    .formatted(field.name(), field.type()));
        case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING, BYTES, TIMESTAMP -> {
          // Each cell is going to be looked at.
        }
      }
    }
    return problems;
  }

  @Override
  public LabelCursor open(List<Field> needed, boolean all) throws IOException {
    return new Cursor(CsvTable.open(FlinkFiles.open(path)), needed);
  }

  private final class Cursor implements LabelCursor {
    private final CsvTable table;
    private final int instantColumn = columns.indexOf(EVENT_TIMESTAMP);
    private final int[] places;
    private final ValueType[] types;
    private final @Nullable ValueType[] columnTypes;
    private boolean split;

    private Cursor(CsvTable table, List<Field> needed) {
      this.table = table;
      this.places = needed.stream().mapToInt(field -> columns.indexOf(field.name())).toArray();
      this.types = needed.stream().map(Field::type).toArray(ValueType[]::new);
      this.columnTypes = new @Nullable ValueType[columns.size()];
      for (int i = 0; i < columnTypes.length; i++) {
        columnTypes[i] = declaredType(columns.get(i), needed);
      }
    }

    @Override
    public boolean next() throws IOException {
      split = false;
      return table.next();
    }

    @Override
    public String place() {
      return "line " + table.line();
    }

    @Override
    public long instant() throws BadLabelException {
      return LabelInstant.parse(instantText());
    }

    @Override
    public boolean isZoneless() throws BadLabelException {
      return LabelInstant.isZoneless(instantText());
    }

    private String instantText() throws BadLabelException {
      split();
      return text(instantColumn);
    }

    @Override
    public @Nullable Object value(int field) throws BadLabelException {
      split();
      return value(places[field], types[field]);
    }

    @Override
    public @Nullable Object column(int column) throws BadLabelException {
      split();
      if (column == instantColumn) {
        return IcebergTypes.instant(instant());
      }
      ValueType type = columnTypes[column];
      if (type == null) {
        return table.isEmpty(column) ? null : text(column);
      }
      return IcebergTypes.generic(type, value(column, type));
    }

    private @Nullable Object value(int column, ValueType type) throws BadLabelException {
      if (table.isEmpty(column)) {
        return null;
      }
      String text = text(column);
      try {
        return CsvTable.value(text, type);
      } catch (IllegalArgumentException e) {
        throw new BadLabelException(
            "column '%s': %s".formatted(columns.get(column), e.getMessage()));
      }
    }

    private void split() throws BadLabelException {
      if (!split) {
        try {
          table.split();
        } catch (IllegalArgumentException e) {
          throw new BadLabelException(String.valueOf(e.getMessage()));
        }
        split = true;
      }
    }

    private String text(int column) throws BadLabelException {
      try {
        return table.text(column);
      } catch (IllegalArgumentException e) {
        throw new BadLabelException(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public byte @Nullable [] csv() {
      return table.record();
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }
}
