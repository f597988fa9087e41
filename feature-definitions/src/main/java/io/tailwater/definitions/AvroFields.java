// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads an Avro schema as the fields of a source.
 *
 * <p>Types: boolean, int, long, float, double, string, enum (STRING), bytes and fixed (BYTES),
 * arrays, maps, and unions of one of these with null. Logical types: decimal, timestamp-millis,
 * timestamp-micros (floored to milliseconds), their local twins (read as UTC) and date (its
 * midnight in UTC) are TIMESTAMP; an unknown one is what it annotates.
 */
final class AvroFields {
  private static final String SUPPORTED =
      "boolean, int, long, float, double, string, enum, bytes, fixed, an array or a map of these,"
          + " decimal, date, timestamp-millis or timestamp-micros, or a union of one of them with"
          + " null";

  private final YamlValue reference;

  private AvroFields(YamlValue reference) {
    this.reference = reference;
  }

  /**
   * The schema of a source.
   *
   * @param json the schema's text, in one line
   */
  record SourceSchema(String json, List<Field> fields) {}

  /** The schema; empty, with problems added at the reference, if it cannot be used. */
  static Optional<SourceSchema> read(YamlValue reference, ProjectTexts texts) {
    return reference
        .asText("the name of an Avro schema file, such as order.avsc")
        .flatMap(
            file ->
                AvroSchemaFile.read(reference, file, texts)
                    .flatMap(schema -> new AvroFields(reference).fields(file, schema)));
  }

  private Optional<SourceSchema> fields(String file, Schema schema) {
    List<Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      boolean nullable = field.schema().isNullable();
      Optional<ValueType> type = typeOf(withoutNull(field.schema()));
      if (type.isEmpty()) {
        reference.problem(
            "the field '%s' of '%s', which is %s"
                .formatted(field.name(), file, describe(field.schema())),
            SUPPORTED);
      }
      type.ifPresent(known -> fields.add(new Field(field.name(), known, nullable)));
    }
    boolean complete = fields.size() == schema.getFields().size();
    return complete ? Optional.of(new SourceSchema(schema.toString(), fields)) : Optional.empty();
  }

  private static Optional<ValueType> typeOf(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical == null) {
      return plainTypeOf(schema);
    }
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return decimal.getPrecision() > ValueType.MAX_PRECISION
          ? Optional.empty()
          : Optional.of(ValueType.decimal(decimal.getPrecision(), decimal.getScale()));
    }
    return switch (logical.getName()) {
      case "timestamp-millis",
          "timestamp-micros",
          "local-timestamp-millis",
          "local-timestamp-micros",
          "date" ->
          Optional.of(ValueType.TIMESTAMP);
      case "time-millis",
          "time-micros",
          "duration",
          "timestamp-nanos",
          "local-timestamp-nanos",
          "big-decimal" ->
          Optional.empty();
      default -> plainTypeOf(schema);
    };
  }

  private static Optional<ValueType> plainTypeOf(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> Optional.of(ValueType.BOOL);
      case INT -> Optional.of(ValueType.INT32);
      case LONG -> Optional.of(ValueType.INT64);
      case FLOAT -> Optional.of(ValueType.FLOAT);
      case DOUBLE -> Optional.of(ValueType.DOUBLE);
      case STRING, ENUM -> Optional.of(ValueType.STRING);
      case BYTES, FIXED -> Optional.of(ValueType.BYTES);
      case ARRAY -> typeOf(schema.getElementType()).map(ValueType::arrayOf);
      case MAP -> typeOf(schema.getValueType()).map(ValueType::mapOf);
      case RECORD, UNION, NULL -> Optional.empty();
    };
  }

  /** The type beside null in a union of two; any other schema as it is. */
  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static String describe(Schema schema) {
    Schema bare = withoutNull(schema);
    LogicalType logical = bare.getLogicalType();
    return logical == null ? "of type " + bare.getType().getName() : "a " + logical.getName();
  }
}
