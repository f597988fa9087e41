// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of doubles without any rounding: an integer number of units of 2^−200, so small that every
 * double of a shop is a multiple of it. Only {@link #rounded} rounds, once.
 */
final class ExactTotal {
  private static final int UNIT_EXPONENT = -200;
  private static final BigDecimal UNITS_OF_ONE =
      new BigDecimal(BigInteger.ONE.shiftLeft(-UNIT_EXPONENT));

  private BigInteger units = BigInteger.ZERO;

  void add(double value) {
    units = units.add(unitsOf(value));
  }

  void remove(double value) {
    units = units.subtract(unitsOf(value));
  }

  /** The nearest double, ties to even. */
  double rounded() {
    return Math.scalb(units.doubleValue(), UNIT_EXPONENT);
  }

  /**
   * @throws ArithmeticException if the value is smaller than any amount of money, and inexact here
   */
  private static BigInteger unitsOf(double value) {
    return new BigDecimal(value).multiply(UNITS_OF_ONE).toBigIntegerExact();
  }
}
