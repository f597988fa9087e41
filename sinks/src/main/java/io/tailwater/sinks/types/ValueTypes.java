// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Types in a savepoint: kinds by name, so that their order in the code means nothing. */
public final class ValueTypes {
  private ValueTypes() {}

  /** Appends a type. */
  public static void write(ValueType type, DataOutputView out) throws IOException {
    out.writeUTF(type.kind().name());
    out.writeByte(type.precision());
    out.writeByte(type.scale());
    ValueType element = type.element();
    if (element != null) {
      write(element, out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ValueType read(DataInputView in) throws IOException {
    ValueType.Kind kind = ValueType.Kind.valueOf(in.readUTF());
    int precision = in.readByte();
    int scale = in.readByte();
    return switch (kind) {
      case ARRAY -> ValueType.arrayOf(read(in));
      case MAP -> ValueType.mapOf(read(in));
      case DECIMAL -> ValueType.decimal(precision, scale);
      case BOOL, INT32, INT64, FLOAT, DOUBLE, STRING, BYTES, TIMESTAMP ->
          new ValueType(kind, 0, 0, null);
    };
  }
}
