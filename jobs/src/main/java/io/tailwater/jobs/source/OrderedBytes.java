// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.ValueType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Values as bytes whose unsigned lexicographic order is the values' own, one behind the other: a
 * tag of the type, then integers big-endian with the sign flipped, and texts with each 0 byte
 * followed by FF and a 0 at the end. Not thread-safe.
 */
public final class OrderedBytes {
  private static final int DECIMAL_BYTES = 16;
  private static final byte ESCAPE = (byte) 0xFF;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

  /** Forgets what was appended. */
  public void reset() {
    bytes.reset();
  }

  /** What was appended, in a copy. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /**
   * Appends a value of a scalar type.
   *
   * @throws IllegalArgumentException if the type is an array or a map
   */
  public void append(Object value, ValueType type) {
    bytes.write(tag(type));
    switch (type.kind()) {
      case BOOL -> bytes.write((Boolean) value ? 1 : 0);
      case INT32, INT64, TIMESTAMP -> appendLong(((Number) value).longValue());
      case FLOAT, DOUBLE -> appendDouble(((Number) value).doubleValue());
      case DECIMAL -> appendDecimal((BigDecimal) value);
      case STRING -> appendEscaped(((String) value).getBytes(UTF_8));
      case BYTES -> appendEscaped((byte[]) value);
      case ARRAY, MAP -> throw new IllegalArgumentException(type + " has no order");
    }
  }

  // Ids lie in state: a tag never changes its meaning.
  private static int tag(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> 1;
      case INT32 -> 2;
      case INT64 -> 3;
      case FLOAT -> 4;
      case DOUBLE -> 5;
      case DECIMAL -> 6;
      case STRING -> 7;
      case BYTES -> 8;
      case TIMESTAMP -> 9;
      case ARRAY, MAP -> throw new IllegalArgumentException(type + " cannot identify an event");
    };
  }

  private void appendLong(long value) {
    bytes.writeBytes(eight.putLong(0, value ^ Long.MIN_VALUE).array());
  }

  private void appendDouble(double value) {
    long bits = Double.doubleToLongBits(value);
    appendLong(bits >= 0 ? bits : bits ^ Long.MAX_VALUE);
  }

  // 38 digits fit in 127 bits; the scale is the same for all values of a field.
  private void appendDecimal(BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    byte[] digits = unscaled.toByteArray();
    byte[] padded = new byte[DECIMAL_BYTES];
    Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, padded, DECIMAL_BYTES - digits.length, digits.length);
    padded[0] ^= Byte.MIN_VALUE;
    bytes.writeBytes(padded);
  }

  private void appendEscaped(byte[] text) {
    for (byte b : text) {
      bytes.write(b);
      if (b == 0) {
        bytes.write(ESCAPE);
      }
    }
    bytes.write(0);
  }
}
