// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of chunks.
 *
 * <pre>
 * chunk   = id, previous + 1, next + 1, size, events dropped at the head (varints); first time (zigzag); time deltas (varints);
 *           then each column
 * column  = null mask (varint, bit i is event i); then, of the values that are not null,
 *           LONG:    zigzag each; a TIMESTAMP minus the event's time
 *           BOOL:    as LONG, 0 or 1
 *           DOUBLE:  a scale byte k; 0 to 6: zigzag of value · 10^k each, where that is exact for
 *                    all of them; 255: 8 bytes each
 *           DECIMAL: length and unscaled big-endian two's complement each
 *           STRING:  length and UTF-8 each
 * </pre>
 */
final class ChunkCodec {
  private static final int RAW = 255;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Integers below this are exact as doubles, and so is the quotient's way back. */
  private static final double EXACT = 1L << 52;

  private final Layout layout;

  ChunkCodec(Layout layout) {
    this.layout = layout;
  }

  /** Writes the events from {@code from} on; a reader takes the rest for the whole chunk. */
  void write(Chunk chunk, int from, ByteWriter out) {
    int size = chunk.size() - from;
    out.writeVarLong(chunk.id());
    out.writeVarLong(chunk.previous() + 1);
    out.writeVarLong(chunk.next() + 1);
    out.writeVarLong(size);
    out.writeVarLong(chunk.dropped() + from);
    long last = 0;
    for (int i = from; i < chunk.size(); i++) {
      long time = chunk.timeAt(i);
      if (i == from) {
        out.writeZigZag(time);
      } else {
        out.writeVarLong(time - last);
      }
      last = time;
    }
    for (int i = 0; i < chunk.columnCount(); i++) {
      writeColumn(chunk, i, from, out);
    }
  }

  /**
   * @param room for how many more events the chunk has to have room
   */
  Chunk read(ByteReader in, int room) {
    long id = in.readVarLong();
    long previous = in.readVarLong() - 1;
    long next = in.readVarLong() - 1;
    int size = Math.toIntExact(in.readVarLong());
    int dropped = Math.toIntExact(in.readVarLong());
    long[] times = new long[size + room];
    for (int i = 0; i < size; i++) {
      times[i] = i == 0 ? in.readZigZag() : times[i - 1] + in.readVarLong();
    }
    Column.Form[] forms = layout.forms();
    Column[] columns = new Column[forms.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column(forms[i], size + room);
      readColumn(columns[i], layout.columnType(i), times, size, in);
    }
    Chunk chunk = new Chunk(id, previous, next, size, times, columns);
    chunk.dropped(dropped);
    return chunk;
  }

  private void writeColumn(Chunk chunk, int columnIndex, int from, ByteWriter out) {
    Column column = chunk.column(columnIndex);
    boolean timestamps = layout.columnType(columnIndex).kind() == ValueType.Kind.TIMESTAMP;
    int to = chunk.size();
    long mask = column.nulls() >>> from;
    out.writeVarLong(to - from == 0 ? 0 : mask & (-1L >>> (Long.SIZE - (to - from))));
    switch (column.form()) {
      case PRESENCE -> {}
      case LONG, BOOL -> writeNumbers(column, chunk, timestamps, from, out);
      case DOUBLE -> writeDoubles(column, from, to, out);
      case OBJECT -> writeObjects(column, from, to, out);
    }
  }

  private static void writeNumbers(
      Column column, Chunk chunk, boolean timestamps, int from, ByteWriter out) {
    for (int i = from; i < chunk.size(); i++) {
      if (!column.isNull(i)) {
        out.writeZigZag(column.longAt(i) - (timestamps ? chunk.timeAt(i) : 0));
      }
    }
  }

  private static void writeDoubles(Column column, int from, int to, ByteWriter out) {
    int scale = column.scale() >= 0 ? column.scale() : scale(column, from, to);
    out.writeByte(scale);
    for (int i = from; i < to; i++) {
      if (!column.isNull(i)) {
        if (scale == RAW) {
          out.writeFixed64(column.longAt(i));
        } else {
          out.writeZigZag(Math.round(column.doubleAt(i) * POWERS[scale]));
        }
      }
    }
  }

  private static void writeObjects(Column column, int from, int to, ByteWriter out) {
    for (int i = from; i < to; i++) {
      if (!column.isNull(i)) {
        byte[] bytes = bytes(column.objectAt(i));
        out.writeVarLong(bytes.length);
        out.writeBytes(bytes);
      }
    }
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().toByteArray();
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalStateException("a column holds %s".formatted(value));
  }

  /** The least k for which all values are m / 10^k to the bit; {@link #RAW} if there is none. */
  private static int scale(Column column, int from, int to) {
    int scale = 0;
    for (int i = from; i < to; i++) {
      if (!column.isNull(i)) {
        while (scale < POWERS.length && !isScaled(column.doubleAt(i), scale)) {
          scale++;
        }
      }
    }
    if (scale >= POWERS.length) {
      return RAW;
    }
    for (int i = from; i < to; i++) {
      if (!column.isNull(i) && !isScaled(column.doubleAt(i), scale)) {
        return RAW;
      }
    }
    return scale;
  }

  /** Whether a value is m / 10^digits to the bit; digits are 0 to 6. */
  static boolean isScaled(double value, int digits) {
    double power = POWERS[digits];
    double scaled = value * power;
    return Math.abs(scaled) < EXACT
        && Double.doubleToRawLongBits(Math.round(scaled) / power)
            == Double.doubleToRawLongBits(value);
  }

  private static void readColumn(
      Column column, ValueType type, long[] times, int size, ByteReader in) {
    column.setNulls(in.readVarLong());
    switch (column.form()) {
      case PRESENCE -> {}
      case LONG, BOOL -> {
        boolean timestamps = type.kind() == ValueType.Kind.TIMESTAMP;
        for (int i = 0; i < size; i++) {
          if (!column.isNull(i)) {
            column.setBits(i, in.readZigZag() + (timestamps ? times[i] : 0));
          }
        }
      }
      case DOUBLE -> readDoubles(column, size, in);
      case OBJECT -> readObjects(column, type, size, in);
    }
  }

  private static void readDoubles(Column column, int size, ByteReader in) {
    int scale = in.readByte();
    boolean raw = scale == RAW;
    column.scale(raw ? Column.UNKNOWN_SCALE : checked(scale));
    for (int i = 0; i < size; i++) {
      if (!column.isNull(i)) {
        column.setBits(
            i,
            raw ? in.readFixed64() : Double.doubleToRawLongBits(in.readZigZag() / POWERS[scale]));
      }
    }
  }

  private static int checked(int scale) {
    if (scale >= POWERS.length) {
      throw new CorruptBytesException("a column of doubles of scale %d".formatted(scale));
    }
    return scale;
  }

  private static void readObjects(Column column, ValueType type, int size, ByteReader in) {
    for (int i = 0; i < size; i++) {
      if (!column.isNull(i)) {
        byte[] bytes = in.readBytes(Math.toIntExact(in.readVarLong()));
        column.setObject(
            i,
            type.kind() == ValueType.Kind.DECIMAL
                ? new BigDecimal(new BigInteger(bytes), type.scale())
                : new String(bytes, StandardCharsets.UTF_8));
      }
    }
  }
}
