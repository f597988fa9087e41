// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.bytes;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Appends to a byte array that grows. What is written is a function of the values alone, so equal
 * values have equal bytes. {@link ByteReader} reads it back. Not thread-safe.
 */
public final class ByteWriter {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes that the longest variable-length number takes: ⌈64 / 7⌉. */
  static final int MAX_VAR_LONG_BYTES = 10;

  private byte[] buffer;
  private int size;

  public ByteWriter() {
    this(64);
  }

  /**
   * @param capacity bytes that fit before the array grows, not negative
   */
  public ByteWriter(int capacity) {
    buffer = new byte[capacity];
  }

  /** Appends the low 8 bits of {@code value}. */
  public void writeByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
  }

  /** Appends an unsigned number in LEB128: 1 byte below 128, 10 bytes for a negative one. */
  public void writeVarLong(long value) {
    ensure(MAX_VAR_LONG_BYTES);
    byte[] target = buffer;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    size = at;
  }

  /** The number of bytes that {@link #writeVarLong} writes, 1 to 10. */
  public static int varLongBytes(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  /** Appends a signed number, short if near zero: 1 byte for −64 to 63. */
  public void writeZigZag(long value) {
    writeVarLong((value << 1) ^ (value >> 63));
  }

  /** Appends 8 bytes, the least significant first. */
  public void writeFixed64(long value) {
    ensure(Long.BYTES);
    LONG.set(buffer, size, value);
    size += Long.BYTES;
  }

  /**
   * Appends the low bytes of {@code value}, the least significant first.
   *
   * @param count how many, 0 to 8
   */
  public void writeLowBytes(long value, int count) {
    ensure(Long.BYTES);
    LONG.set(buffer, size, value);
    size += count;
  }

  /** Appends all of {@code bytes}, without their length. */
  public void writeBytes(byte[] bytes) {
    writeBytes(bytes, 0, bytes.length);
  }

  /**
   * Appends {@code length} bytes from {@code offset} on, without their length.
   *
   * @throws IndexOutOfBoundsException if {@code bytes} does not have them
   */
  public void writeBytes(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
  }

  /** The number of bytes written since the start or the last {@link #reset}. */
  public int size() {
    return size;
  }

  /** Writes what has been written to {@code out}, without a copy. */
  public void writeTo(DataOutput out) throws IOException {
    out.write(buffer, 0, size);
  }

  /** A copy of what has been written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Forgets what has been written and keeps the array for reuse. */
  public void reset() {
    size = 0;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), grown(buffer.length)));
    }
  }

  private static int grown(int length) {
    return length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : 2 * length;
  }
}
