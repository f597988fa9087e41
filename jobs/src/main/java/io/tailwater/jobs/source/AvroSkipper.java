// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.avro.Schema;

/** Passes over the values of fields that a source does not have. */
final class AvroSkipper {
  /** A schema that holds itself can be as deep as there are bytes: the stack is not. */
  private static final int MAX_DEPTH = 100;

  private AvroSkipper() {}

  /**
   * Moves the input behind a value.
   *
   * @throws RejectedException if the bytes are not an encoding of the schema, or of one that is
   *     nested too deeply
   */
  static void skip(Schema schema, AvroInput input) throws RejectedException {
    skip(schema, input, 0);
  }

  private static void skip(Schema schema, AvroInput input, int depth) throws RejectedException {
    if (depth > MAX_DEPTH) {
      throw RejectedException.undecodable(
          "found values nested more than %d deep, expected fewer".formatted(MAX_DEPTH));
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> input.readBoolean();
      case INT, LONG, ENUM -> input.readLong();
      case FLOAT -> input.readFloat();
      case DOUBLE -> input.readDouble();
      case STRING, BYTES -> input.readBytes();
      case FIXED -> input.readFixed(schema.getFixedSize());
      case UNION -> skip(branch(schema, input.readInt()), input, depth + 1);
      case ARRAY -> skipItems(schema.getElementType(), false, input, depth + 1);
      case MAP -> skipItems(schema.getValueType(), true, input, depth + 1);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), input, depth + 1);
        }
      }
    }
  }

  private static void skipItems(Schema item, boolean keyed, AvroInput input, int depth)
      throws RejectedException {
    for (int left = input.readBlock(); left > 0; left = input.readBlock()) {
      for (int i = 0; i < left; i++) {
        if (keyed) {
          input.readBytes();
        }
        int before = input.remaining();
        skip(item, input, depth);
        if (input.remaining() == before && !keyed) {
          break; // No item of this schema has bytes: a block of any number costs none.
        }
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
