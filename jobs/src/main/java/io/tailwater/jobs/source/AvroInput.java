// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * A cursor over data in Avro's binary encoding. Every length is checked against the bytes that are
 * left before anything is allocated, so a hostile length costs nothing. Not thread-safe.
 */
final class AvroInput {
  private static final int MAX_VARINT_BYTES = 10;

  private final Utf8Text text = new Utf8Text();
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  void reset(byte[] datum) {
    reset(datum, 0, datum.length);
  }

  /** Begins with the data in a part of an array. */
  void reset(byte[] data, int from, int length) {
    bytes = ByteBuffer.wrap(data, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the cursor stands in the array. */
  int position() {
    return bytes.position();
  }

  /** A copy of the array's bytes from {@code start} up to the cursor. */
  byte[] since(int start) {
    return Arrays.copyOfRange(bytes.array(), start, bytes.position());
  }

  /** Moves the cursor behind the last of the data. */
  void skipAll() {
    bytes.position(bytes.limit());
  }

  int remaining() {
    return bytes.remaining();
  }

  boolean readBoolean() throws RejectedException {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw RejectedException.undecodable("found byte " + value + ", expected a boolean 0 or 1");
    }
    return value == 1;
  }

  int readInt() throws RejectedException {
    long value = readLong();
    if (value != (int) value) {
      throw RejectedException.undecodable("found " + value + ", expected a 32-bit int");
    }
    return (int) value;
  }

  long readLong() throws RejectedException {
    long zigzag = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      byte next = readByte();
      zigzag |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw RejectedException.undecodable("found a varint of more than 10 bytes, expected a long");
  }

  float readFloat() throws RejectedException {
    require(Float.BYTES);
    return bytes.getFloat();
  }

  double readDouble() throws RejectedException {
    require(Double.BYTES);
    return bytes.getDouble();
  }

  byte[] readBytes() throws RejectedException {
    return readFixed(readLength());
  }

  byte[] readFixed(int length) throws RejectedException {
    require(length);
    int from = bytes.position();
    bytes.position(from + length);
    return Arrays.copyOfRange(bytes.array(), from, from + length);
  }

  String readString() throws RejectedException {
    int length = readLength();
    int from = bytes.position();
    bytes.position(from + length);
    try {
      return text.decode(bytes.array(), from, from + length);
    } catch (CharacterCodingException e) {
      throw RejectedException.undecodable("found bytes that are not UTF-8, expected a string");
    }
  }

  /**
   * The number of items in the next block of an array or a map; 0 at its end. No encoding of an
   * item is empty here, so a block never claims more items than there are bytes.
   */
  int readBlock() throws RejectedException {
    long count = readLong();
    if (count < 0) {
      readLength();
      count = -count;
    }
    if (count < 0 || count > bytes.remaining()) {
      throw RejectedException.undecodable(
          "found a block of %d items, expected at most the %d bytes left"
              .formatted(count, bytes.remaining()));
    }
    return (int) count;
  }

  private int readLength() throws RejectedException {
    long length = readLong();
    if (length < 0 || length > bytes.remaining()) {
      throw RejectedException.undecodable(
          "found a length of %d, expected 0 to the %d bytes left"
              .formatted(length, bytes.remaining()));
    }
    return (int) length;
  }

  private byte readByte() throws RejectedException {
    require(1);
    return bytes.get();
  }

  private void require(int count) throws RejectedException {
    if (bytes.remaining() < count) {
      throw RejectedException.undecodable(
          "found the end of the bytes, expected %d more".formatted(count - bytes.remaining()));
    }
  }
}
