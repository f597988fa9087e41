// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a CSV file.
 *
 * @param columns the names in the file's order
 */
record CsvHeader(List<String> columns) {
  /** The place of a column that the file does not have. */
  static final int ABSENT = -1;

  CsvHeader {
    columns = List.copyOf(columns);
  }

  /**
   * Reads the header off a file's first record.
   *
   * @throws IllegalArgumentException if the record does not decode
   */
  static CsvHeader parse(byte[] record) {
    CsvCells cells = new CsvCells();
    List<String> names = new ArrayList<>();
    try {
      cells.split(record);
      for (int i = 0; i < cells.count(); i++) {
        names.add(cells.text(i).strip());
      }
    } catch (RejectedException e) {
      throw new IllegalArgumentException("the header does not decode: " + e.getMessage(), e);
    }
    return new CsvHeader(names);
  }

  int width() {
    return columns.size();
  }

  /** The place of the column of that name; {@link #ABSENT} if there is none. */
  int column(String name) {
    return columns.indexOf(name);
  }

  /**
   * Checks that events of {@code source} can come from a file with this header.
   *
   * @throws IllegalArgumentException naming every column that is missing or stands twice
   */
  void requireColumnsOf(EventSource source) {
    List<String> problems = new ArrayList<>();
    for (Field field : source.fields()) {
      if (FileFields.isNeeded(source, field) && column(field.name()) == ABSENT) {
        problems.add("no column '%s' (%s)".formatted(field.name(), field.type()));
      }
    }
    Map<String, Integer> occurrences = new HashMap<>();
    columns.forEach(name -> occurrences.merge(name, 1, Integer::sum));
    source.fields().stream()
        .map(Field::name)
        .filter(name -> occurrences.getOrDefault(name, 0) > 1)
        .forEach(name -> problems.add("column '%s' stands twice".formatted(name)));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s; found %s".formatted(String.join(", ", problems), columns));
    }
  }
}
