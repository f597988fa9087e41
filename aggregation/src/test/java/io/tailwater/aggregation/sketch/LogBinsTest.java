// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bins against what they promise, in exact arithmetic. */
class LogBinsTest {
  private static final long SEED = 42;
  private static final BigDecimal BOUND = BigDecimal.valueOf(128);

  @Test
  void hasWorkedExamples() {
    assertThat(LogBins.middle(LogBins.bin(1.0))).isEqualTo(1.0 + 1 / 128.0);
    assertThat(LogBins.middle(LogBins.bin(1.015))).isEqualTo(1.0 + 1 / 128.0);
    assertThat(LogBins.middle(LogBins.bin(1 + 1 / 64.0))).isEqualTo(1.0 + 3 / 128.0);
    assertThat(LogBins.middle(LogBins.bin(-100))).isEqualTo(-100.5);
    assertThat(LogBins.bin(Double.MAX_VALUE)).isEqualTo(LogBins.MOST);
    assertThat(LogBins.bin(Double.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void zeroIsExactWithEitherSign() {
    assertThat(LogBins.bin(0.0)).isZero();
    assertThat(LogBins.bin(-0.0)).isZero();
    assertThat(Double.doubleToRawLongBits(LogBins.middle(0))).isZero();
  }

  @Test
  void everyBinHoldsItsMiddleAndMiddlesAscend() {
    double before = Double.NEGATIVE_INFINITY;
    int inhabited = 0;
    for (int bin = -LogBins.MOST; bin <= LogBins.MOST; bin++) {
      double middle = LogBins.middle(bin);
      if (LogBins.bin(middle) == bin) {
        assertThat(middle).as("bin %d", bin).isGreaterThan(before);
        before = middle;
        inhabited++;
      } else {
        assertThat(Math.abs(middle)).as("bin %d", bin).isLessThan(64 * Double.MIN_VALUE);
      }
    }
    // Of the least 63 positive doubles each has a bin; from 64 on each power of two has 64.
    assertThat(inhabited).isEqualTo(2 * (63 + (LogBins.MOST - 6 * 64)) + 1);
  }

  @Test
  void isTightAtTheEdgesOfEveryBin() {
    for (int bin = 1; bin <= LogBins.MOST; bin++) {
      double middle = LogBins.middle(bin);
      if (LogBins.bin(middle) == bin) {
        check(least(bin, middle));
        check(Math.nextDown(least(bin, middle)));
      }
    }
  }

  @Test
  void isTightAndOrderedForRandomValues() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200_000; i++) {
      double left = finite(random);
      double right = i % 2 == 0 ? finite(random) : left * (1 + random.nextDouble() / 32);
      check(left);
      if (Double.isFinite(right)) {
        assertThat(Integer.signum(Integer.compare(LogBins.bin(left), LogBins.bin(right))))
            .as("seed %d: %s, %s", SEED, left, right)
            .isIn(0, Double.compare(left + 0.0, right + 0.0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double value) {
    assertThatThrownBy(() -> LogBins.bin(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -LogBins.MOST - 1, LogBins.MOST + 1})
  void refusesWhatIsNoBin(int bin) {
    assertThatThrownBy(() -> LogBins.middle(bin)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The least value of a positive bin, searched for below its middle. */
  private static double least(int bin, double middle) {
    long low = 1;
    long high = Double.doubleToRawLongBits(middle);
    while (low < high) {
      long between = (low + high) >>> 1;
      if (LogBins.bin(Double.longBitsToDouble(between)) < bin) {
        low = between + 1;
      } else {
        high = between;
      }
    }
    return Double.longBitsToDouble(low);
  }

  /** The middle is at most a 128th of the value away, and the bin of −x mirrors that of x. */
  private static void check(double value) {
    int bin = LogBins.bin(value);
    double middle = LogBins.middle(bin);
    BigDecimal distance = new BigDecimal(middle).subtract(new BigDecimal(value)).abs();
    if (distance.multiply(BOUND).compareTo(new BigDecimal(value).abs()) > 0) {
      throw new AssertionError("seed %d: the middle of %s is %s".formatted(SEED, value, middle));
    }
    assertThat(LogBins.bin(-value)).isEqualTo(-bin);
  }

  private static double finite(Random random) {
    while (true) {
      double value =
          random.nextInt(8) == 0
              ? Double.longBitsToDouble(random.nextLong() >>> (11 + random.nextInt(53)))
              : Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return value;
      }
    }
  }
}
