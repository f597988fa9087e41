// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads the values of one type, nulls excepted. Stateless. */
interface ValueCodec extends Serializable {

  /** Appends {@code value}, which is of the type's Java class. */
  void write(Object value, DataOutputView out) throws IOException;

  /** Reads what {@link #write} wrote, bit for bit. */
  Object read(DataInputView in) throws IOException;

  /** The codec of {@code type}. */
  static ValueCodec of(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> ScalarCodec.BOOL;
      case INT32 -> ScalarCodec.INT32;
      case INT64, TIMESTAMP -> ScalarCodec.INT64;
      case FLOAT -> ScalarCodec.FLOAT;
      case DOUBLE -> ScalarCodec.DOUBLE;
      case STRING -> ScalarCodec.STRING;
      case BYTES -> ScalarCodec.BYTES;
      case DECIMAL -> new DecimalCodec(type);
      case ARRAY -> new ListCodec(ofElement(type));
      case MAP -> new MapCodec(ofElement(type));
    };
  }

  private static ValueCodec ofElement(ValueType type) {
    return of(requireNonNull(type.element(), "element is null"));
  }
}
