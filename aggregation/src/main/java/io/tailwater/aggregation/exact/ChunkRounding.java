// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

/** Rounds the propagated chunks of an {@link ExactSum} to a double. */
final class ChunkRounding {
  private static final int FRACTION_BITS = 52;

  /** Bits of a 64-bit significand that do not fit into a double's 53. */
  private static final int EXTRA_BITS = 11;

  private static final long HALF = 1L << (EXTRA_BITS - 1);
  private static final long EXTRA_MASK = (1L << EXTRA_BITS) - 1;

  /** The largest double is 53 bits, shifted by this from the least one. */
  private static final int MAX_SHIFT = 2045;

  private ChunkRounding() {}

  /** The nearest double, ties to even; ±infinity beyond the range. */
  static double round(long[] chunks, int lowest) {
    int top = chunks.length - 1;
    while (top >= 0 && chunks[top] == 0) {
      top--;
    }
    if (top < 0) {
      return 0.0;
    }
    double magnitude = magnitude(chunks, lowest, top);
    return chunks[top] < 0 ? -magnitude : magnitude;
  }

  private static double magnitude(long[] chunks, int lowest, int top) {
    long first = Math.abs(chunks[top]);
    long second = word(chunks, top - 1);
    long third = word(chunks, top - 2);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(first);
    long significand =
        (first << (Long.SIZE - bits))
            | (second << (Superaccumulator.CHUNK_BITS - bits))
            | (third >>> bits);
    int highestBit = (lowest + top) * Superaccumulator.CHUNK_BITS + bits - 1;
    if (highestBit <= FRACTION_BITS) {
      // Fewer than 2^53 units of the least double: exact, subnormal or just not so.
      return Double.longBitsToDouble(significand >>> (Long.SIZE - 1 - highestBit));
    }
    boolean sticky = (third & ((1L << bits) - 1)) != 0 || anyBelow(chunks, top - 2);
    return rounded(significand, sticky, highestBit - FRACTION_BITS);
  }

  /**
   * The double of a significand with its highest bit set, of which 53 bits remain, shifted by
   * {@code shift} from the least double.
   *
   * @param sticky whether anything follows the 64 bits
   */
  private static double rounded(long significand, boolean sticky, int shift) {
    if (shift > MAX_SHIFT) {
      return Double.POSITIVE_INFINITY;
    }
    long mantissa = significand >>> EXTRA_BITS;
    long extra = significand & EXTRA_MASK;
    // The mantissa's highest bit, added to the exponent field, makes it shift + 1; rounding up may
    // carry into it likewise, at the end of the range into infinity.
    long down = ((long) shift << FRACTION_BITS) + mantissa;
    boolean up = extra > HALF || (extra == HALF && (sticky || (mantissa & 1) != 0));
    return Double.longBitsToDouble(up ? down + 1 : down);
  }

  private static long word(long[] chunks, int index) {
    return index < 0 ? 0 : Math.abs(chunks[index]);
  }

  private static boolean anyBelow(long[] chunks, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (chunks[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
