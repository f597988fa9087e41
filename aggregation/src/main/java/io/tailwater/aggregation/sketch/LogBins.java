// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.sketch;

/**
 * Bins of doubles for approximate percentiles: the middle of a value's bin is at most 1/128 of the
 * value away from it, whatever its size.
 *
 * <p>Bins whose width grows with the value, so that a sketch of their counts has a relative error
 * and merges exactly, are those of DDSketch (Masson, Rim, Lee: "DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", VLDB 2019). Where DDSketch takes
 * a logarithm, [2^e, 2^(e+1)) is cut here into 64 bins of equal width, as HdrHistogram does: a bin
 * is then a value's exponent and the first six binary digits of its fraction, with no arithmetic
 * that could round, and the same on every machine. Subnormal values are taken by their own first
 * digits, so the bound holds down to the least double; those of six digits and fewer have bins of
 * their own. Zero has the bin 0, and −x has that of x with the sign turned.
 *
 * <p>Bins are ordered as their values are, and span −{@value #MOST} to {@value #MOST}.
 */
public final class LogBins {
  private static final int FRACTION_BITS = 52;

  /** Binary digits of the fraction that tell bins apart. */
  private static final int BIN_BITS = 6;

  private static final int BINS_PER_POWER = 1 << BIN_BITS;

  /** Powers of two below the least normal double: 2^-1074 to 2^-1023. */
  private static final int SUBNORMAL_POWERS = FRACTION_BITS;

  /** The greatest bin: that of {@link Double#MAX_VALUE}. */
  public static final int MOST = (SUBNORMAL_POWERS + 2046) * BINS_PER_POWER;

  private LogBins() {}

  /**
   * The bin of a value.
   *
   * @param value finite; −0.0 is as 0.0
   * @throws IllegalArgumentException for NaN and the infinities
   */
  public static int bin(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("no bin for %s".formatted(value));
    }
    long bits = Double.doubleToRawLongBits(Math.abs(value));
    int bin = bits == 0 ? 0 : 1 + (bits < least(SUBNORMAL_POWERS) ? subnormal(bits) : normal(bits));
    return value < 0 ? -bin : bin;
  }

  /**
   * The middle of a bin, which is in the bin.
   *
   * @throws IllegalArgumentException for what no value has as its bin
   */
  public static double middle(int bin) {
    if (bin < -MOST || bin > MOST) {
      throw new IllegalArgumentException("no bin %d".formatted(bin));
    }
    if (bin == 0) {
      return 0.0;
    }
    double middle = Double.longBitsToDouble(middleBits(Math.abs(bin) - 1));
    return bin < 0 ? -middle : middle;
  }

  /** The bits of the least double of a power: 2^-1074 has power 0. */
  private static long least(int power) {
    return power < SUBNORMAL_POWERS
        ? 1L << power
        : (power - SUBNORMAL_POWERS + 1L) << FRACTION_BITS;
  }

  /** Exponent and first digits stand side by side in the bits already. */
  private static int normal(long bits) {
    return (int) (bits >>> (FRACTION_BITS - BIN_BITS)) + (SUBNORMAL_POWERS - 1) * BINS_PER_POWER;
  }

  private static int subnormal(long bits) {
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    int digits =
        (int) (power < BIN_BITS ? bits << (BIN_BITS - power) : bits >>> (power - BIN_BITS));
    return power * BINS_PER_POWER + digits - BINS_PER_POWER;
  }

  private static long middleBits(int index) {
    int power = index / BINS_PER_POWER;
    long digits = index % BINS_PER_POWER;
    int width = Math.min(power, FRACTION_BITS) - BIN_BITS;
    if (width <= 0) {
      // One value, or in the gaps between those of few digits none.
      return least(power) + (digits >>> -width);
    }
    return least(power) + (digits << width) + (1L << (width - 1));
  }
}
