// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Labels that come as Iceberg's generic records. */
final class RecordCursor implements LabelCursor {
  private final CloseableIterable<Record> records;
  private final CloseableIterator<Record> iterator;
  private final String[] names;
  private final int[] places;
  private final @Nullable FieldConversion[] conversions;
  private final int instantPlace;
  private final Type instantType;
  private @Nullable Record record;
  private long row;

  /**
   * @param schema of the records
   * @param needed fields that all have a column of a type that serves
   */
  RecordCursor(CloseableIterable<Record> records, Schema schema, List<Field> needed) {
    this.records = records;
    this.iterator = records.iterator();
    List<Types.NestedField> columns = schema.columns();
    List<String> columnNames = columns.stream().map(Types.NestedField::name).toList();
    this.names = needed.stream().map(Field::name).toArray(String[]::new);
    this.places = needed.stream().mapToInt(field -> columnNames.indexOf(field.name())).toArray();
    this.conversions = new @Nullable FieldConversion[places.length];
    for (int i = 0; i < places.length; i++) {
      conversions[i] = FieldConversion.between(columns.get(places[i]).type(), needed.get(i).type());
    }
    this.instantPlace = columnNames.indexOf(Labels.EVENT_TIMESTAMP);
    this.instantType = columns.get(instantPlace).type();
  }

  @Override
  public boolean next() {
    if (!iterator.hasNext()) {
      return false;
    }
    record = iterator.next();
    row++;
    return true;
  }

  @Override
  public String place() {
    return "row " + row;
  }

  @Override
  public long instant() throws BadLabelException {
    Object value = instantValue();
    return value instanceof CharSequence text
        ? LabelInstant.parse(text.toString())
        : FieldConversion.millis(value);
  }

  @Override
  public boolean isZoneless() throws BadLabelException {
    return switch (instantType.typeId()) {
      case TIMESTAMP -> !((Types.TimestampType) instantType).shouldAdjustToUTC();
      case TIMESTAMP_NANO -> !((Types.TimestampNanoType) instantType).shouldAdjustToUTC();
      case STRING -> LabelInstant.isZoneless(instantValue().toString());
      default -> true;
    };
  }

  private Object instantValue() throws BadLabelException {
    Object value = record().get(instantPlace);
    if (value == null) {
      throw new BadLabelException(
          "column '%s': found null, expected an instant".formatted(Labels.EVENT_TIMESTAMP));
    }
    return value;
  }

  @Override
  public @Nullable Object value(int field) throws BadLabelException {
    Object value = record().get(places[field]);
    if (value == null) {
      return null;
    }
    try {
      return requireNonNull(conversions[field], "no conversion").convert(value);
    } catch (BadLabelException e) {
      throw new BadLabelException("column '%s': %s".formatted(names[field], e.getMessage()));
    }
  }

  @Override
  public @Nullable Object column(int column) {
    return record().get(column);
  }

  @Override
  public byte @Nullable [] csv() {
    return null;
  }

  private Record record() {
    return requireNonNull(record, "no label");
  }

  @Override
  public void close() throws IOException {
    try (records) {
      iterator.close();
    }
  }
}
