// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;

/**
 * The bytes of ascending keys, without their number.
 *
 * <pre>
 * longs   = zigzag of the first; of the others, what they are more than the one before, less 1
 * doubles = a scale byte k; 0 to 6: the values · 10^k as longs, where that is exact for all of
 *           them; 255: 8 bytes each
 * bytes   = each: the length of what it begins with like the one before, that of the rest, the rest
 * </pre>
 */
final class KeyCodec {
  private static final int RAW = 255;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Integers below this are exact as doubles, and so is the quotient's way back. */
  private static final double EXACT = 1L << 52;

  private KeyCodec() {}

  /** A long that has the order of a double. */
  static long ordered(double value) {
    // −0.0 is 0.0: there is one zero.
    return turned(Double.doubleToRawLongBits(value + 0.0));
  }

  static double toDouble(long key) {
    return Double.longBitsToDouble(turned(key));
  }

  static void writeLongs(long[] keys, ByteWriter out) {
    for (int i = 0; i < keys.length; i++) {
      if (i == 0) {
        out.writeZigZag(keys[i]);
      } else {
        out.writeVarLong(keys[i] - keys[i - 1] - 1);
      }
    }
  }

  static long[] readLongs(int size, ByteReader in) {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = i == 0 ? in.readZigZag() : keys[i - 1] + in.readVarLong() + 1;
    }
    return keys;
  }

  static void writeDoubles(long[] keys, ByteWriter out) {
    int scale = scale(keys);
    out.writeByte(scale);
    if (scale == RAW) {
      for (long key : keys) {
        out.writeFixed64(key);
      }
      return;
    }
    long[] scaled = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      scaled[i] = Math.round(toDouble(keys[i]) * POWERS[scale]);
    }
    writeLongs(scaled, out);
  }

  static long[] readDoubles(int size, ByteReader in) {
    int scale = in.readByte();
    if (scale == RAW) {
      long[] keys = new long[size];
      for (int i = 0; i < size; i++) {
        keys[i] = in.readFixed64();
      }
      return keys;
    }
    if (scale >= POWERS.length) {
      throw new CorruptBytesException(
          "scale %d before byte %d is none".formatted(scale, in.position()));
    }
    long[] keys = readLongs(size, in);
    for (int i = 0; i < size; i++) {
      keys[i] = ordered(keys[i] / POWERS[scale]);
    }
    return keys;
  }

  static void writeBytes(byte[][] keys, ByteWriter out) {
    byte[] last = {};
    for (byte[] key : keys) {
      int shared = ByteKeys.sharedBytes(last, key);
      out.writeVarLong(shared);
      out.writeVarLong(key.length - shared);
      out.writeBytes(key, shared, key.length - shared);
      last = key;
    }
  }

  static byte[][] readBytes(int size, ByteReader in) {
    byte[][] keys = new byte[size][];
    byte[] last = {};
    for (int i = 0; i < size; i++) {
      long shared = in.readVarLong();
      byte[] rest = in.readBytes(checkedLength(in.readVarLong(), in));
      if (shared < 0 || shared > last.length) {
        throw new CorruptBytesException(
            "%d bytes shared of %d before byte %d".formatted(shared, last.length, in.position()));
      }
      byte[] key = new byte[(int) shared + rest.length];
      System.arraycopy(last, 0, key, 0, (int) shared);
      System.arraycopy(rest, 0, key, (int) shared, rest.length);
      keys[i] = key;
      last = key;
    }
    return keys;
  }

  /** A number of things that take a byte at least each. */
  static int checkedLength(long length, ByteReader in) {
    if (length < 0 || length > in.remaining()) {
      throw new CorruptBytesException(
          "a length of %d before byte %d, %d bytes left"
              .formatted(length, in.position(), in.remaining()));
    }
    return (int) length;
  }

  /** Changes the order of negative numbers' bits, which is the wrong way round. */
  private static long turned(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** The least k for which all values are m / 10^k to the bit; {@link #RAW} if there is none. */
  private static int scale(long[] keys) {
    int scale = 0;
    for (long key : keys) {
      double value = toDouble(key);
      while (!isScaled(value, POWERS[scale])) {
        scale++;
        if (scale == POWERS.length) {
          return RAW;
        }
      }
    }
    for (long key : keys) {
      if (!isScaled(toDouble(key), POWERS[scale])) {
        return RAW;
      }
    }
    return scale;
  }

  private static boolean isScaled(double value, double power) {
    double scaled = value * power;
    return Math.abs(scaled) < EXACT && Math.round(scaled) / power == value;
  }
}
