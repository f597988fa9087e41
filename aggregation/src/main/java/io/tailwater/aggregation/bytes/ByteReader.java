// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.bytes;

import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what {@link ByteWriter} has written, from a part of a byte array that must not change
 * meanwhile. Every read that would pass the end throws {@link CorruptBytesException}. Not
 * thread-safe.
 */
public final class ByteReader {
  private final byte[] buffer;
  private final int end;
  private int position;

  /** Reads all of {@code bytes}. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /**
   * Reads {@code length} bytes from {@code offset} on.
   *
   * @throws IndexOutOfBoundsException if {@code bytes} does not have them
   */
  public ByteReader(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    buffer = bytes;
    position = offset;
    end = offset + length;
  }

  /** The next byte, 0 to 255. */
  public int readByte() {
    require(1);
    return buffer[position++] & 0xFF;
  }

  /**
   * A number of {@link ByteWriter#writeVarLong}.
   *
   * @throws CorruptBytesException also if it has more than 64 bits
   */
  public long readVarLong() {
    if (position < end) {
      long first = buffer[position];
      if (first >= 0) {
        position++;
        return first;
      }
    }
    return end - position < ByteWriter.MAX_VAR_LONG_BYTES ? readChecked() : readLong();
  }

  /** Where no number can pass the end. */
  private long readLong() {
    int at = position;
    long value = buffer[at++] & 0x7F;
    for (int shift = 7; shift < Long.SIZE; shift += 7) {
      byte next = buffer[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        position = at;
        return checkedVarLong(value, next, shift);
      }
    }
    position = at;
    throw endless();
  }

  private long readChecked() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return checkedVarLong(value, next, shift);
      }
    }
    throw endless();
  }

  private CorruptBytesException endless() {
    return new CorruptBytesException(
        "a variable-length number before byte %d has no end".formatted(position));
  }

  /** The last of ten bytes holds one bit only. */
  private long checkedVarLong(long value, int last, int shift) {
    if (shift == Long.SIZE - 1 && last > 1) {
      throw new CorruptBytesException(
          "the variable-length number before byte %d has more than 64 bits".formatted(position));
    }
    return value;
  }

  /** A number of {@link ByteWriter#writeZigZag}. */
  public long readZigZag() {
    long value = readVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of {@link ByteWriter#writeFixed64}. */
  public long readFixed64() {
    require(Long.BYTES);
    long value = (long) ByteWriter.LONG.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  /**
   * What {@link ByteWriter#writeLowBytes} has written: the bytes above are zero.
   *
   * @param count how many bytes, 1 to 8
   */
  public long readLowBytes(int count) {
    require(count);
    long value = 0;
    if (position <= buffer.length - Long.BYTES) {
      value = (long) ByteWriter.LONG.get(buffer, position) & (-1L >>> (Long.SIZE - 8 * count));
    } else {
      for (int i = 0; i < count; i++) {
        value |= (buffer[position + i] & 0xFFL) << (8 * i);
      }
    }
    position += count;
    return value;
  }

  /**
   * A copy of the next {@code length} bytes.
   *
   * @throws CorruptBytesException also if {@code length} is negative: lengths come from the bytes
   */
  public byte[] readBytes(int length) {
    require(length);
    position += length;
    return Arrays.copyOfRange(buffer, position - length, position);
  }

  /** The index in the array of the next byte. */
  public int position() {
    return position;
  }

  /** The number of bytes not yet read. */
  public int remaining() {
    return end - position;
  }

  private void require(int length) {
    if (length < 0 || length > end - position) {
      throw new CorruptBytesException(
          "%d bytes wanted at byte %d, %d left".formatted(length, position, end - position));
    }
  }
}
