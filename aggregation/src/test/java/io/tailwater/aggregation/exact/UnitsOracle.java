// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigInteger;

/** Sums in big integers: units of 2<sup>−1074</sup>, of which every finite double is a multiple. */
final class UnitsOracle {
  private static final int UNIT_EXPONENT = -1074;

  private BigInteger units = BigInteger.ZERO;

  void add(double value) {
    units = units.add(units(value));
  }

  void subtract(double value) {
    units = units.subtract(units(value));
  }

  BigInteger units() {
    return units;
  }

  static BigInteger units(double value) {
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
    long mantissa = (long) Math.scalb(Math.abs(value), 52 - exponent);
    BigInteger magnitude = BigInteger.valueOf(mantissa).shiftLeft(exponent - 52 - UNIT_EXPONENT);
    return value < 0 ? magnitude.negate() : magnitude;
  }

  double rounded() {
    return round(units);
  }

  /** The nearest double, ties to even. */
  static double round(BigInteger units) {
    BigInteger magnitude = units.abs();
    int shift = Math.max(0, magnitude.bitLength() - 53);
    BigInteger mantissa = magnitude.shiftRight(shift);
    BigInteger twiceTheRest = magnitude.subtract(mantissa.shiftLeft(shift)).shiftLeft(1);
    int toHalf = twiceTheRest.compareTo(BigInteger.ONE.shiftLeft(shift));
    if (toHalf > 0 || (toHalf == 0 && shift > 0 && mantissa.testBit(0))) {
      mantissa = mantissa.add(BigInteger.ONE);
    }
    double rounded =
        shift > 3000
            ? Double.POSITIVE_INFINITY
            : Math.scalb(mantissa.doubleValue(), shift + UNIT_EXPONENT);
    return units.signum() < 0 ? -rounded : rounded;
  }
}
