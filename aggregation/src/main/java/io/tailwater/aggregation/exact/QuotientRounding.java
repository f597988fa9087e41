// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigInteger;

/** Rounds quotients of big integers to doubles. */
final class QuotientRounding {
  /** Bits of a quotient at least: more than 53 and one to round by; the remainder is the rest. */
  private static final int QUOTIENT_BITS = 60;

  private static final int PRECISION = 53;
  private static final int LEAST_EXPONENT = -1074;

  private QuotientRounding() {}

  /**
   * The double nearest to {@code numerator} / {@code divisor} · 2<sup>{@code exponent}</sup>, ties
   * to even; infinity beyond the range.
   *
   * @param numerator not negative
   * @param divisor positive
   */
  static double round(BigInteger numerator, BigInteger divisor, int exponent) {
    if (numerator.signum() == 0) {
      return 0.0;
    }
    int shift = QUOTIENT_BITS - numerator.bitLength() + divisor.bitLength();
    BigInteger dividend = shift > 0 ? numerator.shiftLeft(shift) : numerator;
    BigInteger scaledDivisor = shift < 0 ? divisor.shiftLeft(-shift) : divisor;
    BigInteger[] quotient = dividend.divideAndRemainder(scaledDivisor);
    return round(quotient[0].longValue(), quotient[1].signum() != 0, exponent - shift);
  }

  /**
   * @param quotient of 60 or 61 bits
   * @param sticky whether it is followed by anything
   */
  private static double round(long quotient, boolean sticky, int exponent) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(quotient);
    // Subnormal doubles have fewer bits, down to none.
    int dropped = Math.max(bits - PRECISION, LEAST_EXPONENT - exponent);
    if (dropped > bits) {
      return 0.0;
    }
    long mantissa = quotient >>> dropped;
    long rest = quotient & ((1L << dropped) - 1);
    long half = 1L << (dropped - 1);
    boolean up = rest > half || (rest == half && (sticky || (mantissa & 1) != 0));
    return Math.scalb((double) (up ? mantissa + 1 : mantissa), exponent + dropped);
  }
}
