// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of {@link Segments}: a presence byte and the value, for each stretch and extreme. */
final class SegmentsCodec {
  private SegmentsCodec() {}

  static void write(WindowLayout layout, Segments segments, long base, ByteWriter out) {
    out.writeVarLong(segments.list.size());
    out.writeVarLong(segments.cut);
    EntityStateCodec.writeInstant(segments.newest, base, out);
    for (Segments.Segment segment : segments.list) {
      EntityStateCodec.writeInstant(segment.start, base, out);
      out.writeVarLong(segment.count);
      for (Object extreme : segment.extremes) {
        writeValue(extreme, out);
      }
    }
  }

  static Segments read(WindowLayout layout, long base, ByteReader in) {
    Segments segments = new Segments();
    int size = Math.toIntExact(in.readVarLong());
    segments.cut = Math.toIntExact(in.readVarLong());
    segments.newest = EntityStateCodec.readInstant(base, in);
    for (int i = 0; i < size; i++) {
      Segments.Segment segment =
          new Segments.Segment(EntityStateCodec.readInstant(base, in), layout.extremeCount());
      segment.count = Math.toIntExact(in.readVarLong());
      for (int slot = 0; slot < segment.extremes.length; slot++) {
        segment.extremes[slot] = readValue(layout.extremeType(slot), in);
      }
      segments.list.add(segment);
    }
    return segments;
  }

  private static void writeValue(@Nullable Object value, ByteWriter out) {
    out.writeByte(value == null ? 0 : 1);
    if (value instanceof Long number) {
      out.writeZigZag(number);
    } else if (value instanceof Double number) {
      out.writeFixed64(Double.doubleToRawLongBits(number));
    } else if (value instanceof BigDecimal decimal) {
      writeBytes(decimal.unscaledValue().toByteArray(), out);
    } else if (value instanceof String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    } else if (value != null) {
      throw new IllegalStateException("an extreme of %s".formatted(value.getClass()));
    }
  }

  private static void writeBytes(byte[] bytes, ByteWriter out) {
    out.writeVarLong(bytes.length);
    out.writeBytes(bytes);
  }

  private static @Nullable Object readValue(ValueType type, ByteReader in) {
    if (in.readByte() == 0) {
      return null;
    }
    return switch (type.kind()) {
      case INT32, INT64, TIMESTAMP -> in.readZigZag();
      case FLOAT, DOUBLE -> Double.longBitsToDouble(in.readFixed64());
      case DECIMAL -> new BigDecimal(new BigInteger(readBytes(in)), type.scale());
      case STRING -> new String(readBytes(in), StandardCharsets.UTF_8);
      case BOOL, BYTES, ARRAY, MAP ->
          throw new IllegalStateException("an extreme of type %s".formatted(type));
    };
  }

  private static byte[] readBytes(ByteReader in) {
    return in.readBytes(Math.toIntExact(in.readVarLong()));
  }
}
