// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of expressions. A null operand makes a null; so does a result outside its type,
 * which is also counted. Transcendental functions are {@link StrictMath}'s: the same bits on every
 * machine.
 *
 * <p>Public for generated code only, which finds each method by its name and result type.
 */
public final class Arithmetic {
  private Arithmetic() {}

  public static @Nullable Integer plus(Faults faults, @Nullable Integer a, @Nullable Integer b) {
    return a == null || b == null ? null : int32(faults, (long) a + b);
  }

  public static @Nullable Integer minus(Faults faults, @Nullable Integer a, @Nullable Integer b) {
    return a == null || b == null ? null : int32(faults, (long) a - b);
  }

  public static @Nullable Integer times(Faults faults, @Nullable Integer a, @Nullable Integer b) {
    return a == null || b == null ? null : int32(faults, (long) a * b);
  }

  public static @Nullable Integer mod(Faults faults, @Nullable Integer a, @Nullable Integer b) {
    if (a == null || b == null) {
      return null;
    }
    return b == 0 ? fault(faults) : Integer.valueOf(a % b);
  }

  public static @Nullable Integer negate(Faults faults, @Nullable Integer a) {
    return a == null ? null : int32(faults, -(long) a);
  }

  public static @Nullable Integer abs(Faults faults, @Nullable Integer a) {
    return a == null ? null : int32(faults, Math.abs((long) a));
  }

  public static @Nullable Long plus(Faults faults, @Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return null;
    }
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? fault(faults) : Long.valueOf(sum);
  }

  public static @Nullable Long minus(Faults faults, @Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return null;
    }
    long difference = a - b;
    return ((a ^ b) & (a ^ difference)) < 0 ? fault(faults) : Long.valueOf(difference);
  }

  public static @Nullable Long times(Faults faults, @Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return null;
    }
    long product = a * b;
    return Math.multiplyHigh(a, b) != product >> 63 ? fault(faults) : Long.valueOf(product);
  }

  public static @Nullable Long mod(Faults faults, @Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return null;
    }
    return b == 0 ? fault(faults) : Long.valueOf(a % b);
  }

  public static @Nullable Long negate(Faults faults, @Nullable Long a) {
    return minus(faults, 0L, a);
  }

  public static @Nullable Long abs(Faults faults, @Nullable Long a) {
    return a == null || a >= 0 ? a : negate(faults, a);
  }

  public static @Nullable Float plus(Faults faults, @Nullable Float a, @Nullable Float b) {
    return a == null || b == null ? null : finite(faults, a + b);
  }

  public static @Nullable Float minus(Faults faults, @Nullable Float a, @Nullable Float b) {
    return a == null || b == null ? null : finite(faults, a - b);
  }

  public static @Nullable Float times(Faults faults, @Nullable Float a, @Nullable Float b) {
    return a == null || b == null ? null : finite(faults, a * b);
  }

  public static @Nullable Float mod(Faults faults, @Nullable Float a, @Nullable Float b) {
    return a == null || b == null ? null : finite(faults, a % b);
  }

  public static @Nullable Float negate(Faults faults, @Nullable Float a) {
    return a == null ? null : finite(faults, -a);
  }

  public static @Nullable Float abs(Faults faults, @Nullable Float a) {
    return a == null ? null : finite(faults, Math.abs(a));
  }

  public static @Nullable Double plus(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, a + b);
  }

  public static @Nullable Double minus(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, a - b);
  }

  public static @Nullable Double times(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, a * b);
  }

  public static @Nullable Double divide(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, a / b);
  }

  public static @Nullable Double mod(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, a % b);
  }

  public static @Nullable Double negate(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, -a);
  }

  public static @Nullable Double abs(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, Math.abs(a));
  }

  public static @Nullable Double power(Faults faults, @Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : finite(faults, StrictMath.pow(a, b));
  }

  public static @Nullable Double sqrt(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, Math.sqrt(a));
  }

  public static @Nullable Double exp(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, StrictMath.exp(a));
  }

  public static @Nullable Double ln(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, StrictMath.log(a));
  }

  public static @Nullable Double log10(Faults faults, @Nullable Double a) {
    return a == null ? null : finite(faults, StrictMath.log10(a));
  }

  public static @Nullable BigDecimal plus(
      Faults faults, @Nullable BigDecimal a, @Nullable BigDecimal b, int precision, int scale) {
    return a == null || b == null ? null : fit(faults, a.add(b), precision, scale);
  }

  public static @Nullable BigDecimal minus(
      Faults faults, @Nullable BigDecimal a, @Nullable BigDecimal b, int precision, int scale) {
    return a == null || b == null ? null : fit(faults, a.subtract(b), precision, scale);
  }

  public static @Nullable BigDecimal times(
      Faults faults, @Nullable BigDecimal a, @Nullable BigDecimal b, int precision, int scale) {
    return a == null || b == null ? null : fit(faults, a.multiply(b), precision, scale);
  }

  public static @Nullable BigDecimal divide(
      Faults faults, @Nullable BigDecimal a, @Nullable BigDecimal b, int precision, int scale) {
    if (a == null || b == null) {
      return null;
    }
    if (b.signum() == 0) {
      return fault(faults);
    }
    return fit(faults, a.divide(b, scale, RoundingMode.HALF_UP), precision, scale);
  }

  public static @Nullable BigDecimal mod(
      Faults faults, @Nullable BigDecimal a, @Nullable BigDecimal b, int precision, int scale) {
    if (a == null || b == null) {
      return null;
    }
    if (b.signum() == 0) {
      return fault(faults);
    }
    return fit(faults, a.remainder(b), precision, scale);
  }

  public static @Nullable BigDecimal negate(
      Faults faults, @Nullable BigDecimal a, int precision, int scale) {
    return a == null ? null : fit(faults, a.negate(), precision, scale);
  }

  public static @Nullable BigDecimal abs(
      Faults faults, @Nullable BigDecimal a, int precision, int scale) {
    return a == null ? null : fit(faults, a.abs(), precision, scale);
  }

  /** The number, with 0.0 for −0.0; a counted null if it is not finite. */
  static @Nullable Double finite(Faults faults, double value) {
    return Double.isFinite(value) ? Double.valueOf(value + 0.0) : fault(faults);
  }

  /** The number, with 0.0 for −0.0; a counted null if it is not finite. */
  static @Nullable Float finite(Faults faults, float value) {
    return Float.isFinite(value) ? Float.valueOf(value + 0.0f) : fault(faults);
  }

  static @Nullable Integer int32(Faults faults, long value) {
    return value == (int) value ? Integer.valueOf((int) value) : fault(faults);
  }

  /** The number rounded half up to {@code scale}; a counted null if it has too many digits. */
  static @Nullable BigDecimal fit(Faults faults, BigDecimal value, int precision, int scale) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    return rounded.precision() > precision ? fault(faults) : rounded;
  }

  /** Counts a fault; null, which is a value of every type. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // nothing is cast: the result is null
  static <T> @Nullable T fault(Faults faults) {
    faults.record();
    return null;
  }
}
