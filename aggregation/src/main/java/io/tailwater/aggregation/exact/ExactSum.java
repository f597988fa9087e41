// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;

/**
 * The exact sum of finite doubles, rounded only when it is read. Terms can be taken away again:
 * value, {@link #round} and {@link #encode} depend on the multiset of terms that remain and on
 * nothing else.
 *
 * <p>A {@link Superaccumulator} in units of 2<sup>−1074</sup>, the least positive double.
 *
 * <p>Not thread-safe, not even for reading: reading propagates carries.
 */
public final class ExactSum extends Superaccumulator {
  private static final int UNIT_EXPONENT = -1074;

  /** Chunks for 2<sup>63</sup> terms of the largest double. */
  private static final int MAX_CHUNKS = 68;

  /** Where values near one begin, 2<sup>−58</sup>. */
  private static final int USUAL_WEIGHT = 127;

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int NOT_FINITE = 0x7FF;

  /** The sum that {@code in} holds at its position. See {@link #readFrom}. */
  public static ExactSum decode(ByteReader in) {
    ExactSum sum = new ExactSum();
    sum.readFrom(in);
    return sum;
  }

  /**
   * Adds a term.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void add(double term) {
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> FRACTION_BITS) & NOT_FINITE;
    if (exponent == NOT_FINITE) {
      throw new IllegalArgumentException("cannot add " + term + ": not finite");
    }
    long mantissa = bits & (HIDDEN_BIT - 1);
    if (exponent != 0) {
      mantissa |= HIDDEN_BIT;
      exponent--;
    }
    if (mantissa != 0) {
      long sign = bits >> 63;
      addUnits((mantissa ^ sign) - sign, exponent);
    }
  }

  /**
   * Takes a term away, whether or not it has been added before.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void subtract(double term) {
    add(-term);
  }

  /** Adds all terms of {@code other}, whose value does not change. */
  public void merge(ExactSum other) {
    addAll(other);
  }

  /**
   * The sum, rounded once to the nearest double, ties to even: never −0.0, never NaN.
   *
   * @return ±infinity if the sum rounds to no finite double
   */
  public double round() {
    return ChunkRounding.round(propagated(), lowest());
  }

  /** An independent sum of the same value. */
  public ExactSum copy() {
    ExactSum copy = new ExactSum();
    copy.become(this);
    return copy;
  }

  /** The sum as {@link #round} gives it: more digits may be held. */
  @Override
  public String toString() {
    return "ExactSum[" + round() + "]";
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
