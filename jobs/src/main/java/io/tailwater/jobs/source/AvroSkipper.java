// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.avro.Schema;

/** Passes over the values of fields that a source does not have. */
final class AvroSkipper {
  private AvroSkipper() {}

  /**
   * Moves the input behind a value.
   *
   * @throws RejectedException if the bytes are not an encoding of the schema
   */
  static void skip(Schema schema, AvroInput input) throws RejectedException {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> input.readBoolean();
      case INT, LONG, ENUM -> input.readLong();
      case FLOAT -> input.readFloat();
      case DOUBLE -> input.readDouble();
      case STRING, BYTES -> input.readBytes();
      case FIXED -> input.readFixed(schema.getFixedSize());
      case UNION -> skip(branch(schema, input.readInt()), input);
      case ARRAY -> skipItems(schema.getElementType(), false, input);
      case MAP -> skipItems(schema.getValueType(), true, input);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), input);
        }
      }
    }
  }

  private static void skipItems(Schema item, boolean keyed, AvroInput input)
      throws RejectedException {
    for (int left = input.readBlock(); left > 0; left = input.readBlock()) {
      for (int i = 0; i < left; i++) {
        if (keyed) {
          input.readBytes();
        }
        skip(item, input);
      }
    }
  }

  private static Schema branch(Schema union, int index) throws RejectedException {
    if (index < 0 || index >= union.getTypes().size()) {
      throw RejectedException.undecodable(
          "found union branch %d, expected 0 to %d".formatted(index, union.getTypes().size() - 1));
    }
    return union.getTypes().get(index);
  }
}
