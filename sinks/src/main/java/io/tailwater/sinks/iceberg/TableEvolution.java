// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** What sets a table apart from its definition, one sentence each. */
final class SchemaDifferences {
  private SchemaDifferences() {}

  static List<String> between(Schema expected, Table table) {
    Schema found = table.schema();
    List<String> differences = new ArrayList<>();
    for (Types.NestedField column : expected.columns()) {
      Types.NestedField other = found.findField(column.name());
      if (other == null) {
        differences.add("column '%s' (%s) is missing".formatted(column.name(), column.type()));
      } else {
        compare(column, other, differences);
      }
    }
    for (Types.NestedField column : found.columns()) {
      if (expected.findField(column.name()) == null) {
        differences.add("column '%s' (%s) is not defined".formatted(column.name(), column.type()));
      }
    }
    if (differences.isEmpty() && !names(expected).equals(names(found))) {
      differences.add(
          "columns are in the order %s, not %s".formatted(names(found), names(expected)));
    }
    return differences;
  }

  private static void compare(
      Types.NestedField expected, Types.NestedField found, List<String> differences) {
    if (!sameType(expected.type(), found.type())) {
      differences.add(
          "column '%s' is %s, not %s".formatted(expected.name(), found.type(), expected.type()));
    }
    if (expected.isOptional() != found.isOptional()) {
      differences.add(
          "column '%s' is %s, not %s"
              .formatted(expected.name(), nullability(found), nullability(expected)));
    }
  }

  /** Equal but for the ids of nested fields, which a table assigns anew. */
  static boolean sameType(Type expected, Type found) {
    return withFreshIds(expected).equals(withFreshIds(found));
  }

  private static Types.StructType withFreshIds(Type type) {
    int[] last = {1};
    Schema schema = new Schema(Types.NestedField.optional(1, "value", type));
    return TypeUtil.assignFreshIds(schema, () -> last[0]++).asStruct();
  }

  private static String nullability(Types.NestedField column) {
    return column.isOptional() ? "optional" : "required";
  }

  private static List<String> names(Schema schema) {
    return schema.columns().stream().map(Types.NestedField::name).toList();
  }
}
