// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Whole numbers in as few bytes as they need: seven bits a byte, the lowest first. Bytes that are
 * not of this format are an {@link IOException}.
 */
public final class VarInts {
  private static final int MORE = 0x80;
  private static final int BITS_PER_BYTE = 7;
  private static final int MAX_SHIFT = 63;

  private VarInts() {}

  /** Writes a number of either sign; zig-zag, so that small negative numbers are short too. */
  static void writeSigned(long value, DataOutputView out) throws IOException {
    writeUnsigned((value << 1) ^ (value >> 63), out);
  }

  /** Reads what {@link #writeSigned} wrote. */
  static long readSigned(DataInputView in) throws IOException {
    long zigZag = readUnsigned(in);
    return (zigZag >>> 1) ^ -(zigZag & 1);
  }

  /** Writes 64 bits as an unsigned number, in 1 to 10 bytes. */
  public static void writeUnsigned(long value, DataOutputView out) throws IOException {
    long rest = value;
    while ((rest & -MORE) != 0) {
      out.writeByte((int) (rest & (MORE - 1)) | MORE);
      rest >>>= BITS_PER_BYTE;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #writeUnsigned} wrote. */
  static long readUnsigned(DataInputView in) throws IOException {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += BITS_PER_BYTE) {
      byte next = in.readByte();
      value |= (long) (next & (MORE - 1)) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A number of more than 64 bits: the bytes are not of this format");
  }

  /** Reads a size that {@link #writeUnsigned} wrote: 0 or more. */
  public static int readSize(DataInputView in) throws IOException {
    long size = readUnsigned(in);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IOException("A size of " + size + ": the bytes are not of this format");
    }
    return (int) size;
  }
}
