// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a chunk. A growable vector, without boxes where the type has a
 * primitive form; at most {@link Chunk#MAX_EVENTS} values, since nulls are bits of one word.
 */
final class Column {
  /** How the values of a column are kept. */
  enum Form {
    /** Only whether there is a value: all that {@code count(x)} asks. */
    PRESENCE,
    /** INT32, INT64 and TIMESTAMP. */
    LONG,
    /** BOOL, as 0 and 1. */
    BOOL,
    /** FLOAT and DOUBLE. */
    DOUBLE,
    /** DECIMAL and STRING. */
    OBJECT;

    static Form of(ValueType type, boolean onlyCounted) {
      if (onlyCounted) {
        return PRESENCE;
      }
      return switch (type.kind()) {
        case INT32, INT64, TIMESTAMP -> LONG;
        case FLOAT, DOUBLE -> DOUBLE;
        case DECIMAL, STRING -> OBJECT;
        case BOOL -> BOOL;
        case BYTES, ARRAY, MAP -> PRESENCE;
      };
    }
  }

  private static final long[] NO_NUMBERS = {};
  private static final Object[] NO_OBJECTS = {};

  private final Form form;

  /** The {@link #scale()} of a column of which it is not known. */
  static final int UNKNOWN_SCALE = -1;

  private long nulls;
  private int scale = UNKNOWN_SCALE;
  private long[] numbers;
  private @Nullable Object[] objects;

  Column(Form form, int capacity) {
    this.form = form;
    this.numbers = hasNumbers(form) ? new long[capacity] : NO_NUMBERS;
    this.objects = form == Form.OBJECT ? new Object[capacity] : NO_OBJECTS;
  }

  private static boolean hasNumbers(Form form) {
    return form == Form.LONG || form == Form.BOOL || form == Form.DOUBLE;
  }

  Form form() {
    return form;
  }

  /**
   * Of a DOUBLE column that was read, the digits behind the point that all of its values fit into,
   * as {@link ChunkCodec} counts them.
   */
  int scale() {
    return scale;
  }

  void scale(int digits) {
    scale = digits;
  }

  long nulls() {
    return nulls;
  }

  boolean isNull(int index) {
    return (nulls & (1L << index)) != 0;
  }

  long longAt(int index) {
    return numbers[index];
  }

  double doubleAt(int index) {
    return Double.longBitsToDouble(numbers[index]);
  }

  /** The value of an OBJECT column; null where the value is. */
  @Nullable Object objectAt(int index) {
    return objects[index];
  }

  /** The value as {@link Long}, {@link Boolean}, {@link Double} or object; null where it is. */
  @Nullable Object boxedAt(int index) {
    if (isNull(index)) {
      return null;
    }
    return switch (form) {
      case PRESENCE -> true;
      case LONG -> longAt(index);
      case BOOL -> longAt(index) != 0;
      case DOUBLE -> doubleAt(index);
      case OBJECT -> objects[index];
    };
  }

  /** Makes room at {@code index}, before which {@code size} values stand in all, and sets it. */
  void insert(int index, int size, @Nullable Object value) {
    long below = (1L << index) - 1;
    nulls = (nulls & below) | ((nulls & ~below) << 1);
    if (numbers != NO_NUMBERS) {
      numbers = opened(numbers, index, size);
    } else if (objects != NO_OBJECTS) {
      objects = opened(objects, index, size);
    }
    set(index, value);
  }

  void set(int index, @Nullable Object value) {
    if (value == null) {
      nulls |= 1L << index;
    } else {
      nulls &= ~(1L << index);
    }
    switch (form) {
      case PRESENCE -> {}
      case LONG -> numbers[index] = value == null ? 0 : ((Number) value).longValue();
      case BOOL -> numbers[index] = value != null && (Boolean) value ? 1 : 0;
      case DOUBLE -> {
        double number = value == null ? 0 : ((Number) value).doubleValue();
        numbers[index] = bits(number);
        if (scale >= 0 && !ChunkCodec.isScaled(number + 0.0, scale)) {
          scale = UNKNOWN_SCALE;
        }
      }
      case OBJECT -> objects[index] = value instanceof String text ? wellFormed(text) : value;
    }
  }

  /** The string as its bytes will be read again: of an unpaired surrogate UTF-8 has no bytes. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  /** Sets a number of a LONG column, or the bits of a number of a DOUBLE column. */
  void setBits(int index, long bits) {
    numbers[index] = bits;
  }

  void setObject(int index, Object value) {
    objects[index] = value;
  }

  void setNulls(long mask) {
    nulls = mask;
  }

  /** A copy of the values from {@code from} to before {@code to}. */
  Column slice(int from, int to) {
    Column slice = new Column(form, 0);
    int size = to - from;
    slice.scale = scale;
    slice.nulls = (nulls >>> from) & (size == Long.SIZE ? -1L : (1L << size) - 1);
    slice.numbers = numbers == NO_NUMBERS ? numbers : Arrays.copyOfRange(numbers, from, to);
    slice.objects = objects == NO_OBJECTS ? objects : Arrays.copyOfRange(objects, from, to);
    return slice;
  }

  /** −0.0 is 0.0: the sign of a zero would otherwise depend on which of two equals came first. */
  private static long bits(double value) {
    return Double.doubleToRawLongBits(value + 0.0);
  }

  private static long[] opened(long[] array, int index, int size) {
    long[] target = size < array.length ? array : Arrays.copyOf(array, grown(size));
    System.arraycopy(array, index, target, index + 1, size - index);
    return target;
  }

  private static @Nullable Object[] opened(@Nullable Object[] array, int index, int size) {
    @Nullable Object[] target = size < array.length ? array : Arrays.copyOf(array, grown(size));
    System.arraycopy(array, index, target, index + 1, size - index);
    return target;
  }

  static int grown(int size) {
    return Math.max(4, size + (size >> 1) + 1);
  }
}
