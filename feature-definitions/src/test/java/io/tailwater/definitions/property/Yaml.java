// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.property.PlainSource.PlainField;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts of sources and schemas. */
final class Yaml {
  private Yaml() {}

  /** A text in quotes, in which nothing means anything to YAML. */
  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String source(PlainSource source) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("  - name: %s\n    schema: %1$s.avsc\n".formatted(source.name()));
    yaml.append("    event_time: %s\n".formatted(source.fields().get(source.time()).name()));
    yaml.append("    event_id: [order_id]\n");
    if (!source.columns().isEmpty()) {
      yaml.append("    columns:\n");
    }
    for (int i = 0; i < source.columns().size(); i++) {
      String sql = source.columns().get(i).sql();
      yaml.append("      %s: %s\n".formatted(PlainSource.columnName(i), quoted(sql)));
    }
    return yaml.toString();
  }

  static String schema(PlainSource source) {
    return IntStream.range(0, source.fields().size())
        .mapToObj(i -> field(source.fields().get(i)))
        .collect(
            Collectors.joining(
                ", ", "{\"type\": \"record\", \"name\": \"r\", \"fields\": [", "]}"));
  }

  private static String field(PlainField field) {
    String type = type(field.type());
    return "{\"name\": \"%s\", \"type\": %s}"
        .formatted(field.name(), field.nullable() ? "[\"null\", " + type + "]" : type);
  }

  private static String type(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> "\"boolean\"";
      case INT32 -> "\"int\"";
      case INT64 -> "\"long\"";
      case FLOAT -> "\"float\"";
      case DOUBLE -> "\"double\"";
      case STRING -> "\"string\"";
      case BYTES -> "\"bytes\"";
      case TIMESTAMP -> "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
      case DECIMAL ->
          "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": %d, \"scale\": %d}"
              .formatted(type.precision(), type.scale());
      case ARRAY, MAP -> throw new IllegalArgumentException(type.toString());
    };
  }
}
