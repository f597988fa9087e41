// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** What an Avro schema tells of events. Whether a source can have it, the definitions say. */
final class AvroDraft {
  /** Of a type that nothing is chosen of or computed of here. */
  private static final ValueType OTHER = ValueType.BYTES;

  private AvroDraft() {}

  /**
   * Reads a schema.
   *
   * @throws CommandException if it is no record's schema
   */
  static Draft of(Path file) {
    try {
      String text = Files.readString(file);
      Schema schema = new Schema.Parser().parse(text);
      if (schema.getType() != Schema.Type.RECORD) {
        throw new CommandException(
            "--avro %s: found an Avro %s, expected a record"
                .formatted(file, schema.getType().getName()));
      }
      List<DraftField> fields = new ArrayList<>();
      for (Schema.Field field : schema.getFields()) {
        fields.add(
            new DraftField(
                field.name(),
                type(withoutNull(field.schema())),
                field.schema().isNullable(),
                false,
                List.of(),
                0));
      }
      return new Draft(fields, List.of(), null, text);
    } catch (IOException | AvroRuntimeException e) {
      throw new CommandException(
          "--avro %s: found no Avro schema that can be read (%s)".formatted(file, e.getMessage()),
          e);
    }
  }

  private static ValueType type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      boolean instant = logical.getName().contains("timestamp") || logical.getName().equals("date");
      return instant ? ValueType.TIMESTAMP : OTHER;
    }
    return switch (schema.getType()) {
      case BOOLEAN -> ValueType.BOOL;
      case INT -> ValueType.INT32;
      case LONG -> ValueType.INT64;
      case FLOAT, DOUBLE -> ValueType.DOUBLE;
      case STRING, ENUM -> ValueType.STRING;
      case BYTES, FIXED, ARRAY, MAP, RECORD, UNION, NULL -> OTHER;
    };
  }

  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }
}
