// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarianceTest {
  private static final long SEED = 20_260_303L;

  @Test
  void isThatOfTheTextbook() {
    Doubles values = new Doubles(2, 4, 4, 4, 5, 5, 7, 9);

    assertThat(values.variance(false)).isEqualTo(4.0);
    assertThat(values.variance(true)).isEqualTo(32.0 / 7);
  }

  @Test
  void isNullOfTooFewValues() {
    assertThat(new Doubles().variance(false)).isNull();
    assertThat(new Doubles(3).variance(false)).isEqualTo(0.0);
    assertThat(new Doubles(3).variance(true)).isNull();
  }

  @Test
  void squaresBeyondTheRangeOfDoublesDoNotOverflowOnTheWay() {
    assertThat(new Doubles(1e300, 1e300, 1e300).variance(true)).isEqualTo(0.0);
    assertThat(new Doubles(1e300, Math.nextUp(1e300)).variance(false)).isNull();
    assertThat(new Doubles(1e154, -1e154).variance(false)).isEqualTo(1e308);
    assertThat(new Doubles(1e155, -1e155).variance(false)).isNull();
  }

  @Test
  void squaresBelowTheRangeOfDoublesDoNotVanishOnTheWay() {
    double[] many = new double[1000];
    Arrays.fill(many, 1e-160);
    many[0] = -1e-160;
    Doubles values = new Doubles(many);

    assertThat(values.variance(false)).isEqualTo(values.expected(false)).isPositive();
    assertThat(new Doubles(1e-300, -1e-300).variance(false)).isEqualTo(0.0);
    ExactSquares least = new ExactSquares();
    least.add(Double.MIN_VALUE);
    assertThat(least.isZero()).isFalse();
    least.subtract(Double.MIN_VALUE);
    assertThat(least.isZero()).isTrue();
  }

  @Test
  void largeOffsetsCancelExactly() {
    assertThat(new Doubles(1e15 + 1, 1e15 + 2, 1e15 + 3).variance(true)).isEqualTo(1.0);
    assertThat(new Doubles(1e300, 1, -1e300).variance(true)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void ofDoublesAgreesWithBigDecimals(DoubleKind kind) {
    for (long seed = SEED; seed < SEED + 60; seed++) {
      Random random = new Random(seed);
      double[] values = new double[1 + random.nextInt(12)];
      for (int i = 0; i < values.length; i++) {
        values[i] = kind.next(random) * (seed % 3 == 0 ? 1e-150 : 1);
      }
      Doubles doubles = new Doubles(values);
      for (boolean sample : new boolean[] {false, true}) {
        assertThat(doubles.variance(sample))
            .as("%s, seed %d, sample %s", kind, seed, sample)
            .isEqualTo(doubles.expected(sample));
      }
    }
  }

  @Test
  void ofLongsAgreesWithBigDecimals() {
    for (long seed = SEED; seed < SEED + 500; seed++) {
      Random random = new Random(seed);
      List<BigDecimal> values = new ArrayList<>();
      ExactLongSum sum = new ExactLongSum();
      ExactSquares squares = new ExactSquares();
      for (int i = random.nextInt(20); i >= 0; i--) {
        long value = hostileLong(random);
        values.add(BigDecimal.valueOf(value));
        sum.add(value);
        squares.add(value);
      }
      for (boolean sample : new boolean[] {false, true}) {
        assertThat(Variance.of(sum, squares, values.size(), sample))
            .as("seed %d", seed)
            .isEqualTo(VarianceOracle.of(values, sample));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 18, 38})
  void ofDecimalsAgreesWithBigDecimals(int scale) {
    for (long seed = SEED; seed < SEED + 300; seed++) {
      Random random = new Random(seed);
      List<BigDecimal> values = new ArrayList<>();
      ExactDecimalSum sum = new ExactDecimalSum(scale);
      ExactSquares squares = new ExactSquares();
      for (int i = random.nextInt(20); i >= 0; i--) {
        BigInteger unscaled = new BigInteger(1 + random.nextInt(126), random);
        BigDecimal value =
            new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
        values.add(value);
        sum.add(value);
        squares.addUnscaled(value);
      }
      assertThat(Variance.of(sum, squares, values.size(), seed % 2 == 0))
          .as("scale %d, seed %d", scale, seed)
          .isEqualTo(VarianceOracle.of(values, seed % 2 == 0));
      values.forEach(squares::subtractUnscaled);
      assertThat(squares.isZero()).as("scale %d, seed %d", scale, seed).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void squaresHaveTheSameBytesInEveryOrderAndAfterEveryDetour(DoubleKind kind) {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      Random random = new Random(seed);
      List<Double> terms = new ArrayList<>();
      for (int i = random.nextInt(3000); i >= 0; i--) {
        terms.add(kind.next(random));
      }
      ExactSquares first = new ExactSquares();
      terms.forEach(first::add);
      Collections.shuffle(terms, random);
      ExactSquares second = new ExactSquares();
      double detour = DoubleKind.ANY.next(random);
      second.subtract(detour);
      for (double term : terms) {
        second.add(term);
        if (random.nextInt(500) == 0) {
          second = ExactSquares.decode(new ByteReader(encoded(second))).copy();
        }
      }
      second.add(detour);
      assertThat(second).as("%s, seed %d", kind, seed).isEqualTo(first).hasSameHashCodeAs(first);
      assertThat(encoded(second)).as("%s, seed %d", kind, seed).isEqualTo(encoded(first));
      second.merge(first);
      for (double term : terms) {
        second.subtract(term);
        second.subtract(term);
      }
      assertThat(encoded(second)).as("%s, seed %d", kind, seed).containsExactly(0);
    }
  }

  @Test
  void squaresOfMoneyAreFewBytes() {
    Random random = new Random(SEED);
    ExactSquares doubles = new ExactSquares();
    ExactSquares longs = new ExactSquares();
    for (int i = 0; i < 1000; i++) {
      doubles.add(DoubleKind.MONEY.next(random));
      longs.add((long) random.nextInt(1_000_000));
    }

    assertThat(encoded(doubles)).as("seed %d", SEED).hasSizeLessThanOrEqualTo(24);
    assertThat(encoded(longs)).as("seed %d", SEED).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void refusesSquaresThatAreNotFiniteAndSumsThatDoNotFit() {
    ExactSquares squares = new ExactSquares();
    assertThatThrownBy(() -> squares.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> squares.subtract(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    ExactLongSum sum = new ExactLongSum();
    sum.add(5);
    assertThatThrownBy(() -> Variance.of(sum, squares, 1, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the state is damaged");
  }

  private static long hostileLong(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(3);
      case 1 -> Long.MIN_VALUE + random.nextInt(3);
      case 2 -> random.nextLong();
      default -> random.nextInt(100);
    };
  }

  private static byte[] encoded(ExactSquares squares) {
    ByteWriter out = new ByteWriter();
    squares.encode(out);
    return out.toByteArray();
  }

  /** Some doubles and their sums. */
  private static final class Doubles {
    private final ExactSum sum = new ExactSum();
    private final ExactSquares squares = new ExactSquares();
    private final List<BigDecimal> values = new ArrayList<>();

    Doubles(double... terms) {
      for (double term : terms) {
        sum.add(term);
        squares.add(term);
        values.add(new BigDecimal(term));
      }
    }

    Double variance(boolean sample) {
      return Variance.of(sum, squares, values.size(), sample);
    }

    Double expected(boolean sample) {
      return VarianceOracle.of(values, sample);
    }
  }
}
