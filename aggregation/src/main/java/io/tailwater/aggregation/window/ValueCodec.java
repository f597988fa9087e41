// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The bytes of single values of a column, of the classes that {@link Column#boxedAt} returns. */
final class ValueCodec {
  private ValueCodec() {}

  static void write(Object value, ByteWriter out) {
    if (value instanceof Long number) {
      out.writeZigZag(number);
    } else if (value instanceof Double number) {
      out.writeFixed64(Double.doubleToRawLongBits(number));
    } else if (value instanceof BigDecimal decimal) {
      writeBytes(decimal.unscaledValue().toByteArray(), out);
    } else if (value instanceof String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? 1 : 0);
    } else {
      throw new IllegalStateException("a value of %s".formatted(value.getClass()));
    }
  }

  static Object read(ValueType type, ByteReader in) {
    return switch (type.kind()) {
      case INT32, INT64, TIMESTAMP -> in.readZigZag();
      case FLOAT, DOUBLE -> Double.longBitsToDouble(in.readFixed64());
      case DECIMAL -> new BigDecimal(new BigInteger(readBytes(in)), type.scale());
      case STRING -> new String(readBytes(in), StandardCharsets.UTF_8);
      case BOOL -> in.readByte() != 0;
      case BYTES, ARRAY, MAP -> throw new IllegalStateException("a value of %s".formatted(type));
    };
  }

  static void writeBytes(byte[] bytes, ByteWriter out) {
    out.writeVarLong(bytes.length);
    out.writeBytes(bytes);
  }

  static byte[] readBytes(ByteReader in) {
    return in.readBytes(Math.toIntExact(in.readVarLong()));
  }
}
