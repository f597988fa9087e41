// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tailwater.aggregation.ValueType.Kind;
import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record of a CSV file by the file's header. An empty cell, quoted or not, is a null; an
 * array or a map stands in its cell as JSON; columns that the schema does not have are ignored.
 */
final class CsvRowDecoder implements RowDecoder {
  private final List<Field> fields;
  private final int[] columns;
  private final int width;
  private final CsvCells cells = new CsvCells();
  private final Violations violations = new Violations();
  private final JsonFactory json = new JsonFactory();

  CsvRowDecoder(List<Field> fields, CsvHeader header) {
    this.fields = fields;
    this.columns = fields.stream().mapToInt(field -> header.column(field.name())).toArray();
    this.width = header.width();
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    cells.split(bytes);
    if (cells.count() != width) {
      throw RejectedException.undecodable(
          "found %d cells, expected the header's %d".formatted(cells.count(), width));
    }
    violations.reset();
    @Nullable Object[] row = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      violations.enter(fields.get(i).name());
      row[i] = decodeCell(columns[i], fields.get(i));
    }
    violations.throwFirst();
    return row;
  }

  private @Nullable Object decodeCell(int column, Field field) throws RejectedException {
    if (column == CsvHeader.ABSENT || cells.isEmpty(column)) {
      if (!field.nullable()) {
        violations.add("an empty cell", "a required " + field.type());
      }
      return null;
    }
    String text = cells.text(column);
    boolean nested = field.type().kind() == Kind.ARRAY || field.type().kind() == Kind.MAP;
    return nested ? parseJson(text, field) : TextValues.parse(text, field.type(), violations);
  }

  private @Nullable Object parseJson(String text, Field field) throws RejectedException {
    try (JsonParser parser = json.createParser(text)) {
      boolean blank = parser.nextToken() == null;
      Object value = blank ? null : JsonValues.read(parser, field.type(), violations);
      if (blank || parser.nextToken() != null) {
        violations.add(Violations.quoted(text), field.type() + " as JSON");
      }
      return value;
    } catch (IOException e) {
      violations.add(Violations.quoted(text), field.type() + " as JSON");
      return null;
    }
  }
}
