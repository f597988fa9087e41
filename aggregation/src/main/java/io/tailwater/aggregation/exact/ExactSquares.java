// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of squares, for variances. Terms can be taken away again: the value and {@link
 * #encode} depend on the multiset of terms that remain and on nothing else.
 *
 * <p>A {@link Superaccumulator} with room for the squares of all doubles, from 2<sup>−2148</sup>
 * on. A square of 106 or 126 bits is added in parts of 53.
 *
 * <p>Not thread-safe, not even for reading.
 */
public final class ExactSquares extends Superaccumulator {
  /** The square of the least double is 2<sup>−2148</sup>; this is a multiple of a chunk. */
  private static final int UNIT_EXPONENT = -2176;

  /** Chunks for 2<sup>63</sup> squares of the largest double. */
  private static final int MAX_CHUNKS = 136;

  /** Where squares of values near one begin, 2<sup>−112</sup>. */
  private static final int USUAL_WEIGHT = 258;

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int NOT_FINITE = 0x7FF;

  /** The shift of twice the least double's exponent. */
  private static final int LEAST_SHIFT = -2 * 1074 - UNIT_EXPONENT;

  /** Bits that are added at once. */
  private static final int PART_BITS = 53;

  private static final long PART_MASK = (1L << PART_BITS) - 1;

  /** The sum that {@code in} holds at its position. See {@link #readFrom}. */
  public static ExactSquares decode(ByteReader in) {
    ExactSquares squares = new ExactSquares();
    squares.readFrom(in);
    return squares;
  }

  /**
   * Adds the square of a term.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void add(double term) {
    square(term, 0);
  }

  /**
   * Takes the square of a term away, whether or not it has been added before.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void subtract(double term) {
    square(term, -1);
  }

  /** Adds the square of a term. */
  public void add(long term) {
    square(term, 0);
  }

  /** Takes the square of a term away, whether or not it has been added before. */
  public void subtract(long term) {
    square(term, -1);
  }

  /** Adds the square of a term's unscaled value: all terms must have one scale. */
  public void addUnscaled(BigDecimal term) {
    square(term.unscaledValue(), 0);
  }

  /** Takes the square of a term's unscaled value away, whether or not it has been added before. */
  public void subtractUnscaled(BigDecimal term) {
    square(term.unscaledValue(), -1);
  }

  /** Adds all squares of {@code other}, whose value does not change. */
  public void merge(ExactSquares other) {
    addAll(other);
  }

  /** An independent sum of the same value. */
  public ExactSquares copy() {
    ExactSquares copy = new ExactSquares();
    copy.become(this);
    return copy;
  }

  @Override
  public String toString() {
    return "ExactSquares[" + exact().dividedBy(BigInteger.ONE) + "]";
  }

  /**
   * @param sign 0 to add, −1 to take away
   */
  private void square(double term, long sign) {
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> FRACTION_BITS) & NOT_FINITE;
    if (exponent == NOT_FINITE) {
      throw new IllegalArgumentException("cannot add the square of " + term + ": not finite");
    }
    long mantissa = bits & (HIDDEN_BIT - 1);
    if (exponent != 0) {
      mantissa |= HIDDEN_BIT;
      exponent--;
    }
    addSquare(mantissa, 2 * exponent + LEAST_SHIFT, sign);
  }

  private void square(long term, long sign) {
    addSquare(term, -UNIT_EXPONENT, sign);
  }

  private void square(BigInteger term, long sign) {
    if (term.bitLength() < Long.SIZE) {
      square(term.longValue(), sign);
      return;
    }
    BigInteger rest = term.multiply(term);
    for (int shift = -UNIT_EXPONENT; rest.signum() != 0; shift += PART_BITS) {
      addPart(rest.longValue() & PART_MASK, shift, sign);
      rest = rest.shiftRight(PART_BITS);
    }
  }

  private void addSquare(long term, int shift, long sign) {
    long low = term * term;
    long high = Math.multiplyHigh(term, term);
    addPart(low & PART_MASK, shift, sign);
    addPart(
        ((low >>> PART_BITS) | (high << (Long.SIZE - PART_BITS))) & PART_MASK,
        shift + PART_BITS,
        sign);
    addPart(high >>> (2 * PART_BITS - Long.SIZE), shift + 2 * PART_BITS, sign);
  }

  private void addPart(long part, int shift, long sign) {
    if (part != 0) {
      addUnits((part ^ sign) - sign, shift);
    }
  }

  @Override
  int unitExponent() {
    return UNIT_EXPONENT;
  }

  @Override
  int maxChunks() {
    return MAX_CHUNKS;
  }

  @Override
  int usualWeight() {
    return USUAL_WEIGHT;
  }
}
