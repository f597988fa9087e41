// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes what {@link FeastValues} says. */
final class ValueWriter {
  private static final byte[] NOTHING = {};

  private ValueWriter() {}

  static void write(ValueType type, Object value, CodedOutputStream out) throws IOException {
    switch (type.kind()) {
      case ARRAY -> out.writeByteArray(Members.of(type), list(type, (List<?>) value));
      case MAP -> out.writeByteArray(Members.of(type), map(type, (Map<?, ?>) value));
      default -> writeScalar(type, Members.of(type), value, out);
    }
  }

  private static void writeScalar(ValueType type, int member, Object value, CodedOutputStream out)
      throws IOException {
    switch (type.kind()) {
      case BYTES -> out.writeByteArray(member, (byte[]) value);
      case STRING, DECIMAL -> out.writeByteArray(member, text(type, value).getBytes(UTF_8));
      default -> {
        out.writeTag(member, Members.wireType(type));
        writeNumber(type, value, out);
      }
    }
  }

  private static void writeNumber(ValueType type, Object value, CodedOutputStream out)
      throws IOException {
    switch (type.kind()) {
      case INT32 -> out.writeInt32NoTag((Integer) value);
      case INT64 -> out.writeInt64NoTag((Long) value);
      case DOUBLE -> out.writeDoubleNoTag((Double) value);
      case FLOAT -> out.writeFloatNoTag((Float) value);
      case BOOL -> out.writeBoolNoTag((Boolean) value);
      case TIMESTAMP -> out.writeInt64NoTag(Math.floorDiv((Long) value, FeastValues.SECOND_MS));
      default -> throw new IllegalStateException("%s is no number".formatted(type));
    }
  }

  /** A list message: strings and bytes one by one, numbers packed. */
  private static byte[] list(ValueType type, List<?> values) throws IOException {
    ValueType element = Members.element(type);
    if (values.isEmpty()) {
      return NOTHING;
    }
    if (!Members.isPacked(element)) {
      return Message.of(
          out -> {
            for (Object value : values) {
              writeScalar(element, 1, value, out);
            }
          });
    }
    byte[] packed =
        Message.of(
            out -> {
              for (Object value : values) {
                writeNumber(element, value, out);
              }
            });
    return Message.of(out -> out.writeByteArray(1, packed));
  }

  private static byte[] map(ValueType type, Map<?, ?> values) throws IOException {
    ValueType element = Members.element(type);
    return Message.of(
        out -> {
          for (Map.Entry<?, ?> entry : values.entrySet()) {
            byte[] value = FeastValues.encode(element, entry.getValue());
            out.writeByteArray(
                1,
                Message.of(
                    inner -> {
                      inner.writeByteArray(1, ((String) entry.getKey()).getBytes(UTF_8));
                      inner.writeByteArray(2, value);
                    }));
          }
        });
  }

  private static String text(ValueType type, Object value) {
    return type.kind() == ValueType.Kind.DECIMAL
        ? ((BigDecimal) value).toPlainString()
        : (String) value;
  }
}
