// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;

/**
 * The bytes of a {@link Superaccumulator}, a function of its value:
 *
 * <ol>
 *   <li>varLong: n, the number of bytes from the lowest to the highest that is not zero in the
 *       magnitude; 0 for a sum of zero, which ends here
 *   <li>varLong: 2 · zigzag(weight of the lowest byte − the usual one) + (1 if negative); weights
 *       count bytes of units
 *   <li>n bytes of the magnitude, the lowest first; the first and the last are not zero
 * </ol>
 */
final class ChunkEncoding {
  private static final int CHUNK_BYTES = Superaccumulator.CHUNK_BITS / Byte.SIZE;

  private ChunkEncoding() {}

  static void write(Superaccumulator sum, ByteWriter out) {
    long[] chunks = sum.propagated();
    int top = chunks.length - 1;
    while (top >= 0 && chunks[top] == 0) {
      top--;
    }
    if (top < 0) {
      out.writeByte(0);
      return;
    }
    int bottom = 0;
    while (chunks[bottom] == 0) {
      bottom++;
    }
    int skipped = Long.numberOfTrailingZeros(chunks[bottom]) / Byte.SIZE;
    int ofTop = significantBytes(Math.abs(chunks[top]));
    out.writeVarLong((top - bottom) * (long) CHUNK_BYTES + ofTop - skipped);
    long distance = (sum.lowest() + bottom) * (long) CHUNK_BYTES + skipped - sum.usualWeight();
    long zigZag = (distance << 1) ^ (distance >> 63);
    out.writeVarLong((zigZag << 1) | (chunks[top] >>> 63));
    for (int i = bottom; i <= top; i++) {
      int end = i == top ? ofTop : CHUNK_BYTES;
      out.writeLowBytes(Math.abs(chunks[i]) >>> (skipped * Byte.SIZE), end - skipped);
      skipped = 0;
    }
  }

  static void read(Superaccumulator sum, ByteReader in) {
    long length = in.readVarLong();
    if (length == 0) {
      sum.clear();
      return;
    }
    long second = in.readVarLong();
    long zigZag = second >>> 1;
    long weight = ((zigZag >>> 1) ^ -(zigZag & 1)) + sum.usualWeight();
    int maxBytes = sum.maxChunks() * CHUNK_BYTES;
    if (length < 0 || length > maxBytes || weight < 0 || weight > maxBytes - length) {
      throw new CorruptBytesException(
          "a sum of %d bytes of weight %d before byte %d".formatted(length, weight, in.position()));
    }
    readMagnitude(sum, in, (int) weight, (int) length, -(second & 1));
  }

  /**
   * @param sign 0 or −1
   */
  private static void readMagnitude(
      Superaccumulator sum, ByteReader in, int weight, int length, long sign) {
    int lowest = weight / CHUNK_BYTES;
    int skipped = weight % CHUNK_BYTES;
    int end = skipped + length;
    int top = (end - 1) / CHUNK_BYTES;
    long[] chunks = sum.allocate(lowest, top + 1);
    for (int i = 0; i <= top; i++) {
      int count = Math.min(end - i * CHUNK_BYTES, CHUNK_BYTES) - skipped;
      long word = in.readLowBytes(count);
      if ((i == 0 && (word & 0xFF) == 0) || (i == top && word >>> ((count - 1) * Byte.SIZE) == 0)) {
        throw new CorruptBytesException(
            "a sum before byte %d begins or ends with a zero byte".formatted(in.position()));
      }
      chunks[i] = ((word << (skipped * Byte.SIZE)) ^ sign) - sign;
      skipped = 0;
    }
  }

  private static int significantBytes(long word) {
    return (Long.SIZE - Long.numberOfLeadingZeros(word) + Byte.SIZE - 1) / Byte.SIZE;
  }
}
