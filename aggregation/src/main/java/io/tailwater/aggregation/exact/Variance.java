// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Variances from exact sums: (Σx² − (Σx)²/n) / n of a population and (Σx² − (Σx)²/n) / (n − 1) of a
 * sample, as one rational number that is rounded once to the nearest double, ties to even.
 *
 * <p>All are null of fewer than one or two values and where the double is not finite. Sum, squares
 * and count must be of the same values; an {@link IllegalStateException} says that they are not
 * where it shows: the state is damaged.
 */
public final class Variance {
  private Variance() {}

  /**
   * The variance of doubles.
   *
   * @param sample whether the values are a sample, else the population
   */
  public static @Nullable Double of(
      ExactSum sum, ExactSquares squares, long count, boolean sample) {
    return of(sum.exact(), squares, count, sample, BigInteger.ONE);
  }

  /**
   * The variance of longs.
   *
   * @param sample whether the values are a sample, else the population
   */
  public static @Nullable Double of(
      ExactLongSum sum, ExactSquares squares, long count, boolean sample) {
    return of(Dyadic.of(sum.toBigInteger()), squares, count, sample, BigInteger.ONE);
  }

  /**
   * The variance of decimals.
   *
   * @param squares of the unscaled values
   * @param sample whether the values are a sample, else the population
   */
  public static @Nullable Double of(
      ExactDecimalSum sum, ExactSquares squares, long count, boolean sample) {
    BigInteger squareOfUnit = BigInteger.TEN.pow(2 * sum.scale());
    return of(Dyadic.of(sum.unscaled()), squares, count, sample, squareOfUnit);
  }

  private static @Nullable Double of(
      Dyadic sum, ExactSquares squares, long count, boolean sample, BigInteger scale) {
    long degrees = sample ? count - 1 : count;
    if (count < 1 || degrees < 1) {
      return null;
    }
    BigInteger terms = BigInteger.valueOf(count);
    Dyadic spread = squares.exact().times(terms).minus(sum.squared());
    if (spread.units().signum() < 0) {
      throw new IllegalStateException(
          "a sum of squares is less than its values say: the state is damaged");
    }
    BigInteger divisor = terms.multiply(BigInteger.valueOf(degrees)).multiply(scale);
    double variance = spread.dividedBy(divisor);
    return Double.isInfinite(variance) ? null : (Double) variance;
  }
}
