// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variances as the textbook has them, Σ(x − mean)², over the common denominator n². */
final class VarianceOracle {
  /** More than the digits of any midpoint between two doubles, which has up to 767. */
  private static final MathContext MANY = new MathContext(800, RoundingMode.DOWN);

  private VarianceOracle() {}

  static @Nullable Double of(List<BigDecimal> values, boolean sample) {
    int count = values.size();
    int degrees = sample ? count - 1 : count;
    if (degrees < 1) {
      return null;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal deviations = BigDecimal.ZERO;
    for (BigDecimal value : values) {
      BigDecimal deviation = value.multiply(n).subtract(sum);
      deviations = deviations.add(deviation.multiply(deviation));
    }
    double rounded = quotient(deviations, n.multiply(n).multiply(BigDecimal.valueOf(degrees)));
    return Double.isInfinite(rounded) ? null : (Double) rounded;
  }

  /** Rounded once: digits that the cut drops are told by one more digit behind it. */
  static double quotient(BigDecimal dividend, BigDecimal divisor) {
    BigDecimal cut = dividend.divide(divisor, MANY);
    if (cut.multiply(divisor).compareTo(dividend) != 0) {
      BigInteger longer = cut.unscaledValue().multiply(BigInteger.TEN);
      cut = new BigDecimal(longer.add(BigInteger.valueOf(dividend.signum())), cut.scale() + 1);
    }
    return Double.parseDouble(cut.toString());
  }
}
