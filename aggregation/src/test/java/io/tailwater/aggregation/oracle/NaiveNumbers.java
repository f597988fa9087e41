// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Aggregates of numbers: exact decimals, rounded at the end. The values are at least one. */
final class NaiveNumbers {
  private static final int DOUBLE_DIGITS = 53;
  private static final int LEAST_EXPONENT = -1074;

  private NaiveNumbers() {}

  static Object sum(ValueType type, List<Object> values) {
    BigDecimal exact = sum(values);
    return switch (type.kind()) {
      case INT32, INT64 -> {
        BigInteger sum = exact.toBigIntegerExact();
        yield sum.bitLength() < Long.SIZE ? sum.longValueExact() : null;
      }
      case FLOAT, DOUBLE -> finite(toDouble(exact, BigDecimal.ONE));
      case DECIMAL -> atMost38Digits(exact.setScale(type.scale()));
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY, MAP ->
          throw new IllegalArgumentException("sum of " + type);
    };
  }

  static Object average(ValueType type, List<Object> values) {
    BigDecimal exact = sum(values);
    if (type.kind() == ValueType.Kind.DECIMAL) {
      return decimal(type, exact, BigDecimal.valueOf(values.size()));
    }
    return finite(toDouble(exact, BigDecimal.ONE) / values.size());
  }

  /**
   * (Σx² − (Σx)²/n) / (n − freedoms).
   *
   * @param freedoms 0 of a population, 1 of a sample
   */
  static Double variance(List<Object> values, int freedoms) {
    if (values.size() <= freedoms) {
      return null;
    }
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      squares = squares.add(exact(value).pow(2));
    }
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal spread = squares.multiply(count).subtract(sum(values).pow(2));
    return finite(
        toDouble(spread, count.multiply(BigDecimal.valueOf(values.size() - (long) freedoms))));
  }

  static Double deviation(List<Object> values, int freedoms) {
    Double variance = variance(values, freedoms);
    return variance == null ? null : (Double) Math.sqrt(variance);
  }

  /**
   * v[⌊r⌋] + (v[⌈r⌉] − v[⌊r⌋]) · (r − ⌊r⌋), where r = share · (n − 1).
   *
   * @param sorted the values in their order
   */
  static Object percentile(ValueType type, List<Object> sorted, BigDecimal share) {
    BigDecimal rank = share.multiply(BigDecimal.valueOf(sorted.size() - 1L));
    BigDecimal below = exact(sorted.get(rank.setScale(0, RoundingMode.FLOOR).intValueExact()));
    BigDecimal above = exact(sorted.get(rank.setScale(0, RoundingMode.CEILING).intValueExact()));
    BigDecimal fraction = rank.subtract(rank.setScale(0, RoundingMode.FLOOR));
    BigDecimal result = below.add(above.subtract(below).multiply(fraction));
    return type.kind() == ValueType.Kind.DECIMAL
        ? decimal(type, result, BigDecimal.ONE)
        : finite(toDouble(result, BigDecimal.ONE));
  }

  /**
   * The double nearest to a quotient, the even one of two; ±∞ beyond all doubles, and never −0.0.
   *
   * @param denominator positive
   */
  static double toDouble(BigDecimal numerator, BigDecimal denominator) {
    if (numerator.signum() == 0) {
      return 0.0;
    }
    if (numerator.signum() < 0) {
      return 0.0 - toDouble(numerator.negate(), denominator);
    }
    int scale = Math.max(0, Math.max(numerator.scale(), denominator.scale()));
    BigInteger dividend = numerator.scaleByPowerOfTen(scale).toBigIntegerExact();
    BigInteger divisor = denominator.scaleByPowerOfTen(scale).toBigIntegerExact();
    // A quotient of at least 64 binary digits, and one more that tells whether others follow.
    int shift = 64 - dividend.bitLength() + divisor.bitLength();
    BigInteger[] quotient =
        dividend
            .shiftLeft(Math.max(shift, 0))
            .divideAndRemainder(divisor.shiftLeft(Math.max(-shift, 0)));
    BigInteger digits = quotient[0].shiftLeft(1).add(BigInteger.valueOf(quotient[1].signum()));
    int exponent = Math.max(digits.bitLength() - shift - 1 - DOUBLE_DIGITS, LEAST_EXPONENT);
    return Math.scalb(halfEven(digits, exponent + shift + 1), exponent);
  }

  /** digits · 2^−dropped, rounded to an integer. */
  private static double halfEven(BigInteger digits, int dropped) {
    BigDecimal divisor = new BigDecimal(BigInteger.ONE.shiftLeft(dropped));
    return new BigDecimal(digits).divide(divisor, 0, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static BigDecimal sum(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(exact(value));
    }
    return sum;
  }

  private static BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(((Number) number).doubleValue());
    }
    return BigDecimal.valueOf(((Number) number).longValue());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) (value + 0.0) : null;
  }

  private static BigDecimal decimal(ValueType type, BigDecimal numerator, BigDecimal denominator) {
    return atMost38Digits(
        numerator.divide(denominator, Math.max(type.scale(), 6), RoundingMode.HALF_UP));
  }

  private static BigDecimal atMost38Digits(BigDecimal value) {
    return value.precision() > 38 ? null : value;
  }
}
