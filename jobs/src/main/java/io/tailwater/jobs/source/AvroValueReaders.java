// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.ValueType.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Compiles an Avro schema, together with the type that the source gives it, to a reader. */
final class AvroValueReaders {
  private AvroValueReaders() {}

  /**
   * The reader of a field.
   *
   * @throws IllegalArgumentException if values of the schema are not of the type
   */
  static AvroValueReader of(Schema schema, ValueType type) {
    return switch (schema.getType()) {
      case UNION -> union(schema, type);
      case NULL -> (input, violations) -> null;
      case BOOLEAN -> plain(schema, type, Kind.BOOL, AvroInput::readBoolean);
      case STRING ->
          type.kind() == Kind.BYTES
              ? (input, violations) -> input.readBytes()
              : plain(schema, type, Kind.STRING, AvroInput::readString);
      case ENUM -> plain(schema, type, Kind.STRING, input -> symbol(schema, input));
      case INT, LONG, FLOAT, DOUBLE, BYTES, FIXED -> AvroNumberReaders.of(schema, type);
      case ARRAY -> array(schema, type);
      case MAP -> map(schema, type);
      case RECORD -> throw mismatch(schema, type);
    };
  }

  static AvroValueReader plain(
      Schema schema, ValueType type, Kind expected, AvroPrimitive primitive) {
    if (type.kind() != expected) {
      throw mismatch(schema, type);
    }
    return (input, violations) -> primitive.read(input);
  }

  static IllegalArgumentException mismatch(Schema schema, ValueType type) {
    return new IllegalArgumentException(
        "Avro type %s does not hold values of type %s".formatted(schema, type));
  }

  private static AvroValueReader union(Schema schema, ValueType type) {
    AvroValueReader[] branches =
        schema.getTypes().stream().map(s -> of(s, type)).toArray(AvroValueReader[]::new);
    return (input, violations) ->
        branches[index(input, branches.length, "union branch")].read(input, violations);
  }

  private static String symbol(Schema schema, AvroInput input) throws RejectedException {
    List<String> symbols = schema.getEnumSymbols();
    return symbols.get(index(input, symbols.size(), "enum index"));
  }

  private static int index(AvroInput input, int size, String what) throws RejectedException {
    int index = input.readInt();
    if (index < 0 || index >= size) {
      throw RejectedException.undecodable(
          "found %s %d, expected 0 to %d".formatted(what, index, size - 1));
    }
    return index;
  }

  private static AvroValueReader array(Schema schema, ValueType type) {
    AvroValueReader item = item(schema, schema.getElementType(), type, Kind.ARRAY);
    return (input, violations) -> {
      List<@Nullable Object> values = new ArrayList<>();
      for (int left = input.readBlock(); left > 0; left = input.readBlock()) {
        for (int i = 0; i < left; i++) {
          values.add(nonNull(item.read(input, violations), violations));
        }
      }
      return Collections.unmodifiableList(values);
    };
  }

  private static AvroValueReader map(Schema schema, ValueType type) {
    AvroValueReader item = item(schema, schema.getValueType(), type, Kind.MAP);
    return (input, violations) -> {
      Map<String, @Nullable Object> values = new HashMap<>();
      for (int left = input.readBlock(); left > 0; left = input.readBlock()) {
        for (int i = 0; i < left; i++) {
          String key = input.readString();
          values.put(key, nonNull(item.read(input, violations), violations));
        }
      }
      return Collections.unmodifiableMap(values);
    };
  }

  private static AvroValueReader item(Schema whole, Schema item, ValueType type, Kind kind) {
    ValueType element = type.element();
    if (type.kind() != kind || element == null || item.getType() == Schema.Type.NULL) {
      throw mismatch(whole, type);
    }
    return of(item, element);
  }

  private static @Nullable Object nonNull(@Nullable Object item, Violations violations) {
    if (item == null) {
      violations.add("null", "no null inside an array or a map");
    }
    return item;
  }
}
