// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Values between two others, exact and rounded once. */
public final class Interpolation {
  private static final int MIN_DECIMAL_SCALE = 6;

  private static final int MAX_DECIMAL_DIGITS = 38;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Interpolation() {}

  /**
   * {@code low} + ({@code high} − {@code low}) · {@code fraction}: of {@link Long} and {@link
   * Double} a {@link Double}, rounded to the nearest, ties to even; of {@link BigDecimal} a {@link
   * BigDecimal}, rounded HALF_UP to max(s, 6) digits, null if it has more than 38 digits then.
   *
   * @param low a {@link Long}, a finite {@link Double} or a {@link BigDecimal} of scale s
   * @param high likewise, not less
   * @param fraction 0 to 1
   * @throws IllegalArgumentException for values of other classes
   */
  public static @Nullable Object between(Object low, Object high, BigDecimal fraction) {
    boolean atLow = fraction.signum() == 0 || low.equals(high);
    if (low instanceof Long number) {
      return atLow
          ? Double.valueOf(number.doubleValue())
          : Double.valueOf(between(number.longValue(), ((Long) high).longValue(), fraction));
    }
    if (low instanceof Double number) {
      return atLow
          ? number
          : Double.valueOf(between(number.doubleValue(), ((Double) high).doubleValue(), fraction));
    }
    if (low instanceof BigDecimal number) {
      return between(number, (BigDecimal) high, fraction, number.scale());
    }
    throw new IllegalArgumentException("nothing is between values of %s".formatted(low.getClass()));
  }

  private static double between(long low, long high, BigDecimal fraction) {
    long sum = low + high;
    boolean overflows = ((low ^ sum) & (high ^ sum)) < 0;
    if (!overflows && fraction.compareTo(HALF) == 0) {
      return (double) sum / 2;
    }
    return between(Dyadic.of(low), Dyadic.of(high), fraction);
  }

  private static double between(double low, double high, BigDecimal fraction) {
    double sum = low + high;
    if (Double.isFinite(sum) && fraction.compareTo(HALF) == 0) {
      // Rounded once: a sum whose half is subnormal is exact, and of others the half is.
      return sum / 2 + 0.0;
    }
    return between(Dyadic.of(low), Dyadic.of(high), fraction);
  }

  private static double between(Dyadic low, Dyadic high, BigDecimal fraction) {
    BigDecimal plain = fraction.scale() < 0 ? fraction.setScale(0) : fraction;
    BigInteger whole = BigInteger.TEN.pow(plain.scale());
    BigInteger part = plain.unscaledValue();
    return low.times(whole.subtract(part)).plus(high.times(part)).dividedBy(whole);
  }

  private static @Nullable BigDecimal between(
      BigDecimal low, BigDecimal high, BigDecimal fraction, int scale) {
    BigDecimal exact = low.add(high.subtract(low).multiply(fraction));
    BigDecimal rounded = exact.setScale(Math.max(scale, MIN_DECIMAL_SCALE), RoundingMode.HALF_UP);
    return rounded.precision() > MAX_DECIMAL_DIGITS ? null : rounded;
  }
}
