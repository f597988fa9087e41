// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import io.tailwater.cli.console.CommandException;
import io.tailwater.jobs.source.SampleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of events before a source is defined.
 *
 * @param fields in their order
 * @param leftOut fields that no schema can have
 * @param records how many the sample has; null without one
 * @param schema the Avro schema's own text; null if there is none yet
 */
record Draft(
    List<DraftField> fields,
    List<String> leftOut,
    @Nullable Long records,
    @Nullable String schema) {
  Draft {
    fields = List.copyOf(fields);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads a sample to its end.
   *
   * @throws CommandException if it cannot be read or has no records
   */
  static Draft ofSample(Path sample) {
    Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    long[] records = {0};
    try {
      SampleReader.forEach(
          sample,
          row -> {
            records[0]++;
            row.forEach(
                (name, value) -> columns.computeIfAbsent(name, ColumnProfile::new).add(value));
          });
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException("--sample: %s".formatted(e.getMessage()), e);
    }
    if (records[0] == 0) {
      throw new CommandException("--sample %s: found no record, expected some".formatted(sample));
    }
    List<DraftField> fields = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    columns.forEach(
        (name, column) -> {
          if (column.isNested()) {
            leftOut.add(name);
          } else {
            fields.add(column.field(records[0]));
          }
        });
    requireNames(sample, fields);
    return new Draft(fields, leftOut, records[0], null);
  }

  /** Fields go by the file's names, which an Avro schema must be able to hold. */
  private static void requireNames(Path sample, List<DraftField> fields) {
    List<String> bad =
        fields.stream()
            .map(DraftField::name)
            .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
            .map("'%s'"::formatted)
            .toList();
    if (!bad.isEmpty()) {
      throw new CommandException(
          "--sample %s: found the names %s, expected letters, digits and _, with no digit in front: rename them in the file"
              .formatted(sample, String.join(", ", bad)));
    }
  }

  DraftField field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
  }
}
