// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of longs in 128 bits, which 2<sup>63</sup> terms do not exceed. Terms can be taken
 * away again: the value depends on the multiset of terms that remain and on nothing else. Not
 * thread-safe.
 */
public final class ExactLongSum {
  private static final int MAX_SHIFT = 126;

  /** The value is {@code high} · 2<sup>64</sup> + {@code low}, the latter unsigned. */
  private long high;

  private long low;

  /** The sum that {@code in} holds at its position. See {@link #readFrom}. */
  public static ExactLongSum decode(ByteReader in) {
    ExactLongSum sum = new ExactLongSum();
    sum.readFrom(in);
    return sum;
  }

  /** Adds a term. */
  public void add(long term) {
    addWide(term >> 63, term);
  }

  /** Takes a term away, whether or not it has been added before. */
  public void subtract(long term) {
    high -= (term >> 63) + (Long.compareUnsigned(low, term) < 0 ? 1 : 0);
    low -= term;
  }

  /** Adds all terms of {@code other}. */
  public void merge(ExactLongSum other) {
    addWide(other.high, other.low);
  }

  /** The sum; null if it is not in the range of a long. */
  public @Nullable Long value() {
    return isLong() ? (Long) low : null;
  }

  /** The sum, rounded once to the nearest double, ties to even. */
  public double toDouble() {
    if (isLong()) {
      return (double) low;
    }
    boolean negative = high < 0;
    double magnitude =
        negative
            ? magnitudeToDouble(~high + (low == 0 ? 1 : 0), -low)
            : magnitudeToDouble(high, low);
    return negative ? -magnitude : magnitude;
  }

  /** Whether the sum is zero. */
  public boolean isZero() {
    return (high | low) == 0;
  }

  /** Makes the sum zero. */
  public void clear() {
    high = 0;
    low = 0;
  }

  /** An independent sum of the same value. */
  public ExactLongSum copy() {
    ExactLongSum copy = new ExactLongSum();
    copy.merge(this);
    return copy;
  }

  /** The sum, without bounds. */
  public BigInteger toBigInteger() {
    BigInteger signed = BigInteger.valueOf(low);
    return BigInteger.valueOf(high - (low >> 63)).shiftLeft(Long.SIZE).add(signed);
  }

  /**
   * Appends the value, zigzag-coded in LEB128: 1 byte for −64 to 63, at most 19. Equal values have
   * equal bytes.
   */
  public void encode(ByteWriter out) {
    if (isLong()) {
      out.writeZigZag(low);
      return;
    }
    long sign = high >> 63;
    long restHigh = ((high << 1) | (low >>> 63)) ^ sign;
    long restLow = (low << 1) ^ sign;
    while (restHigh != 0 || (restLow & ~0x7FL) != 0) {
      out.writeByte((int) (restLow | 0x80));
      restLow = (restLow >>> 7) | (restHigh << (Long.SIZE - 7));
      restHigh >>>= 7;
    }
    out.writeByte((int) restLow);
  }

  /**
   * Replaces this value by the one that {@link #encode} has written.
   *
   * @throws CorruptBytesException if the bytes are not an encoded sum; the value is undefined then
   */
  public void readFrom(ByteReader in) {
    clear();
    int next = 0x80;
    for (int shift = 0; next >= 0x80; shift += 7) {
      next = in.readByte();
      if (shift > MAX_SHIFT || (shift == MAX_SHIFT && next > 3)) {
        throw new CorruptBytesException(
            "the sum before byte %d has more than 128 bits".formatted(in.position()));
      }
      placeBits(next & 0x7FL, shift);
    }
    long sign = -(low & 1);
    low = ((low >>> 1) | (high << 63)) ^ sign;
    high = (high >>> 1) ^ sign;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExactLongSum that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }

  @Override
  public String toString() {
    return "ExactLongSum[" + toBigInteger() + "]";
  }

  private boolean isLong() {
    return high == low >> 63;
  }

  private void addWide(long termHigh, long termLow) {
    low += termLow;
    high += termHigh + (Long.compareUnsigned(low, termLow) < 0 ? 1 : 0);
  }

  private void placeBits(long bits, int shift) {
    if (shift < Long.SIZE) {
      low |= bits << shift;
      high |= shift == 0 ? 0 : bits >>> (Long.SIZE - shift);
    } else {
      high |= bits << (shift - Long.SIZE);
    }
  }

  /** Of an unsigned 128-bit number from 2<sup>63</sup> on. */
  private static double magnitudeToDouble(long high, long low) {
    // 63 leading bits, the last of them sticky: more than 53 + 2, so the cast rounds correctly.
    int shift = Long.SIZE + 1 - Long.numberOfLeadingZeros(high);
    if (shift == Long.SIZE + 1) {
      return scaled(high >>> 1, (high & 1) | low, shift);
    }
    if (shift == Long.SIZE) {
      return scaled(high, low, shift);
    }
    return scaled(
        (high << (Long.SIZE - shift)) | (low >>> shift), low & ((1L << shift) - 1), shift);
  }

  private static double scaled(long leading, long rest, int shift) {
    return Math.scalb((double) (leading | (rest == 0 ? 0 : 1)), shift);
  }
}
