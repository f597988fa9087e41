// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** What fingerprints of schemas do not tell: how ints, longs and bytes are meant. */
final class AvroLogicalTypes {
  private AvroLogicalTypes() {}

  /**
   * Whether the fields of two record schemas with the same fingerprint are meant alike. Records
   * inside them do not matter: no source reads them.
   */
  static boolean areSame(Schema one, Schema other) {
    if (!Objects.equals(one.getLogicalType(), other.getLogicalType())) {
      return false;
    }
    return switch (one.getType()) {
      case RECORD -> {
        List<Schema.Field> fields = one.getFields();
        yield fields.stream()
            .allMatch(field -> areSameFields(field, other.getFields().get(field.pos())));
      }
      case ARRAY -> areSame(one.getElementType(), other.getElementType());
      case MAP -> areSame(one.getValueType(), other.getValueType());
      case UNION -> {
        List<Schema> types = other.getTypes();
        yield IntStream.range(0, types.size())
            .allMatch(i -> areSame(one.getTypes().get(i), types.get(i)));
      }
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
    };
  }

  private static boolean areSameFields(Schema.Field one, Schema.Field other) {
    return one.schema().getType() == Schema.Type.RECORD || areSame(one.schema(), other.schema());
  }
}
