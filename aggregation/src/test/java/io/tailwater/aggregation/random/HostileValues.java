// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.random;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

/**
 * Random values that lose digits in naive sums, overflow, tie, and are nulls, zeros of both signs
 * and text beyond the first Unicode plane.
 */
public final class HostileValues {
  private static final String[] TEXTS = {
    "",
    "a",
    "b",
    "ü",
    "\uFFFD",
    "\uD83D\uDE00",
    "\uD83D\uDE01",
    "zz",
    "a\u0000",
    "\uE000",
    "\uD83D",
    "?"
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1e300,
    -1e300,
    1e-300,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0.1,
    0.2,
    0.3,
    1e16,
    1.0,
    -1.0,
    19.99
  };
  private static final float[] FLOATS = {
    0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, 0.1f, 16777217f
  };
  private static final long[] LONGS = {
    Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, (1L << 53) + 1, -(1L << 53) - 1, 0
  };
  private static final int[] INTS = {Integer.MAX_VALUE, Integer.MIN_VALUE, 0};

  private HostileValues() {}

  /** One value a column. */
  public static Object[] of(Random random, AggregationPlan plan) {
    return plan.columns().stream().map(type -> next(random, type)).toArray();
  }

  /** A value of a type, or null. */
  public static Object next(Random random, ValueType type) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    // Half of the values are of a few, so that they tie.
    int few = random.nextBoolean() ? random.nextInt(3) - 1 : random.nextInt(200) - 100;
    boolean extreme = random.nextInt(6) == 0;
    return switch (type.kind()) {
      case INT64, TIMESTAMP -> extreme ? LONGS[random.nextInt(LONGS.length)] : Long.valueOf(few);
      case INT32 -> extreme ? INTS[random.nextInt(INTS.length)] : Integer.valueOf(few);
      case DOUBLE -> extreme ? extremeDouble(random) : Double.valueOf(few / 100.0);
      case FLOAT -> extreme ? FLOATS[random.nextInt(FLOATS.length)] : Float.valueOf(few / 8f);
      case DECIMAL -> decimal(random, type, few, extreme);
      case STRING -> TEXTS[random.nextInt(extreme ? TEXTS.length : 4)];
      case BOOL -> random.nextBoolean();
      case BYTES -> new byte[] {(byte) few};
      case ARRAY, MAP -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static Double extremeDouble(Random random) {
    if (random.nextBoolean()) {
      return DOUBLES[random.nextInt(DOUBLES.length)];
    }
    double magnitude = Math.scalb(random.nextDouble(), random.nextInt(2090) - 1070);
    return random.nextBoolean() ? magnitude : -magnitude;
  }

  private static BigDecimal decimal(Random random, ValueType type, int few, boolean extreme) {
    BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    BigInteger digits = BigInteger.valueOf(few);
    if (extreme) {
      digits = most.shiftRight(random.nextInt(3)).subtract(BigInteger.valueOf(random.nextInt(3)));
      digits = random.nextBoolean() ? digits : digits.negate();
    }
    return new BigDecimal(digits, type.scale());
  }
}
