// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The columns of labels that come with their types.
 *
 * @param schema all columns
 */
record RecordColumns(Schema schema) {
  List<String> names() {
    return schema.columns().stream().map(Types.NestedField::name).toList();
  }

  List<String> problems(List<Field> needed) {
    List<String> problems = new ArrayList<>(Columns.problems(names(), needed));
    Types.NestedField instant = schema.findField(Labels.EVENT_TIMESTAMP);
    if (instant != null
        && !FieldConversion.isInstant(instant.type())
        && instant.type().typeId() != Type.TypeID.STRING) {
      problems.add(
          "column '%s' is %s, expected a timestamp, a date or ISO-8601 text"
              .formatted(Labels.EVENT_TIMESTAMP, instant.type()));
    }
    for (Field field : needed) {
      Types.NestedField column = schema.findField(field.name());
      if (column != null && FieldConversion.between(column.type(), field.type()) == null) {
        problems.add(
            "column '%s' is %s, expected %s%s"
                .formatted(field.name(), column.type(), field.type(), hint(column, field)));
      }
    }
    return problems;
  }

  // pandas makes integers floats where one is missing.
  private static String hint(Types.NestedField column, Field field) {
    boolean isFloat =
        column.type().typeId() == Type.TypeID.DOUBLE || column.type().typeId() == Type.TypeID.FLOAT;
    return isFloat && field.type().toString().startsWith("INT")
        ? " (in pandas, a column of integers with missing values wants dtype 'Int64')"
        : "";
  }

  /** The columns to read: all, or what is needed. */
  Schema projection(List<Field> needed, boolean all) {
    if (all) {
      return schema;
    }
    Set<String> names = new LinkedHashSet<>();
    needed.forEach(field -> names.add(field.name()));
    names.add(Labels.EVENT_TIMESTAMP);
    return schema.select(names);
  }
}
