// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigInteger;

/** The number {@code units} · 2<sup>{@code exponent}</sup>. */
record Dyadic(BigInteger units, int exponent) {
  static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int LEAST_EXPONENT = -1074;

  /**
   * @param value finite
   */
  static Dyadic of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> FRACTION_BITS) & 0x7FF;
    long mantissa = bits & (HIDDEN_BIT - 1);
    if (exponent != 0) {
      mantissa |= HIDDEN_BIT;
      exponent--;
    }
    return new Dyadic(
        BigInteger.valueOf(bits < 0 ? -mantissa : mantissa), exponent + LEAST_EXPONENT);
  }

  static Dyadic of(long value) {
    return of(BigInteger.valueOf(value));
  }

  static Dyadic of(BigInteger value) {
    return new Dyadic(value, 0);
  }

  Dyadic times(BigInteger factor) {
    return new Dyadic(units.multiply(factor), exponent);
  }

  Dyadic squared() {
    return new Dyadic(units.multiply(units), 2 * exponent);
  }

  Dyadic plus(Dyadic other) {
    if (other.units.signum() == 0) {
      return this;
    }
    if (units.signum() == 0) {
      return other;
    }
    int common = Math.min(exponent, other.exponent);
    return new Dyadic(unitsOf(common).add(other.unitsOf(common)), common);
  }

  Dyadic minus(Dyadic other) {
    return plus(new Dyadic(other.units.negate(), other.exponent));
  }

  /**
   * This divided by {@code divisor}, rounded once to the nearest double, ties to even: never −0.0;
   * ±infinity beyond the range.
   *
   * @param divisor positive
   */
  double dividedBy(BigInteger divisor) {
    double magnitude = QuotientRounding.round(units.abs(), divisor, exponent);
    return units.signum() < 0 ? 0.0 - magnitude : magnitude;
  }

  private BigInteger unitsOf(int lower) {
    return units.shiftLeft(exponent - lower);
  }
}
