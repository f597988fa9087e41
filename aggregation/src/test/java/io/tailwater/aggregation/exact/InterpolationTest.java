// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
  private static final long SEED = 20_260_304L;
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  @Test
  void ranksAreExact() {
    assertThat(Rank.of(HALF, 1)).isEqualTo(new Rank(0, new BigDecimal("0.0")));
    assertThat(Rank.of(HALF, 4)).isEqualTo(new Rank(1, HALF));
    assertThat(Rank.of(new BigDecimal("0.95"), 101).low()).isEqualTo(95);
    assertThat(Rank.of(new BigDecimal("0.95"), 101).high()).isEqualTo(95);
    assertThat(Rank.of(TENTH, 12)).isEqualTo(new Rank(1, TENTH));
    assertThat(Rank.of(TENTH, 12).high()).isEqualTo(2);
    assertThat(Rank.of(BigDecimal.ONE, 7).low()).isEqualTo(6);
    assertThat(Rank.of(BigDecimal.ONE, 7).high()).isEqualTo(6);
    assertThat(Rank.of(new BigDecimal("1E-3"), Long.MAX_VALUE).low())
        .isEqualTo(9_223_372_036_854_775L);
  }

  @Test
  void betweenLongsIsADouble() {
    assertThat(between(1L, 2L, HALF, ValueType.INT64)).isEqualTo(1.5);
    assertThat(between(7L, 7L, TENTH, ValueType.INT32)).isEqualTo(7.0);
    assertThat(between(3L, 8L, BigDecimal.ZERO, ValueType.INT64)).isEqualTo(3.0);
    assertThat(between(Long.MAX_VALUE - 2, Long.MAX_VALUE, HALF, ValueType.INT64))
        .isEqualTo(0x1p63);
    assertThat(between(Long.MIN_VALUE, Long.MAX_VALUE, HALF, ValueType.INT64)).isEqualTo(-0.5);
  }

  @Test
  void betweenDoublesNeitherOverflowsNorIsNegativeZero() {
    assertThat(between(-Double.MAX_VALUE, Double.MAX_VALUE, TENTH, ValueType.DOUBLE))
        .isEqualTo(-0.8 * Double.MAX_VALUE);
    assertThat(between(Math.nextDown(Double.MAX_VALUE), Double.MAX_VALUE, HALF, ValueType.DOUBLE))
        .isEqualTo(Math.nextDown(Double.MAX_VALUE));
    assertThat(between(-Double.MIN_VALUE, 0.0, HALF, ValueType.DOUBLE)).isEqualTo(0.0);
    assertThat(between(-Double.MIN_VALUE, 0.0, new BigDecimal("0.9"), ValueType.FLOAT))
        .isEqualTo(0.0);
    assertThat(between(-0.5, 0.5, HALF, ValueType.DOUBLE)).isEqualTo(0.0);
  }

  @Test
  void betweenDecimalsRoundsHalfUpToSixDigitsOrTheScale() {
    assertThat(decimal("1.00", "2.00", "0.5", ValueType.decimal(10, 2))).isEqualTo("1.500000");
    assertThat(decimal("0", "1", "0.0000005", ValueType.decimal(10, 0))).isEqualTo("0.000001");
    assertThat(decimal("-1", "0", "0.9999995", ValueType.decimal(10, 0))).isEqualTo("-0.000001");
    assertThat(decimal("1.0000000", "2.0000000", "0.25", ValueType.decimal(10, 7)))
        .isEqualTo("1.2500000");
  }

  @Test
  void decimalsOfMoreThan38DigitsAreNull() {
    String nines = "9".repeat(38);
    ValueType type = ValueType.decimal(38, 0);

    assertThat(between(new BigDecimal(nines), new BigDecimal(nines), HALF, type)).isNull();
    assertThat(decimal("9".repeat(32), "9".repeat(32), "0", type))
        .isEqualTo("9".repeat(32) + ".000000");
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> between("a", "b", HALF, ValueType.STRING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void betweenDoublesAgreesWithBigDecimals(DoubleKind kind) {
    for (long seed = SEED; seed < SEED + 300; seed++) {
      Random random = new Random(seed);
      double one = kind.next(random);
      double other = kind.next(random);
      double low = Math.min(one, other) + 0.0;
      double high = Math.max(one, other) + 0.0;
      BigDecimal fraction = fraction(random);
      assertThat(between(low, high, fraction, ValueType.DOUBLE))
          .as("%s, seed %d: %s of %s to %s", kind, seed, fraction, low, high)
          .isEqualTo(expected(new BigDecimal(low), new BigDecimal(high), fraction));
    }
  }

  @Test
  void betweenLongsAgreesWithBigDecimals() {
    for (long seed = SEED; seed < SEED + 2000; seed++) {
      Random random = new Random(seed);
      long one = random.nextLong() >> random.nextInt(64);
      long other = random.nextLong() >> random.nextInt(64);
      long low = Math.min(one, other);
      long high = Math.max(one, other);
      BigDecimal fraction = fraction(random);
      assertThat(between(low, high, fraction, ValueType.INT64))
          .as("seed %d: %s of %s to %s", seed, fraction, low, high)
          .isEqualTo(expected(BigDecimal.valueOf(low), BigDecimal.valueOf(high), fraction));
    }
  }

  private static BigDecimal fraction(Random random) {
    int digits = random.nextInt(20);
    return switch (random.nextInt(4)) {
      case 0 -> HALF;
      case 1 -> BigDecimal.ZERO;
      default -> new BigDecimal(new BigInteger(80, random).mod(BigInteger.TEN.pow(digits)), digits);
    };
  }

  private static double expected(BigDecimal low, BigDecimal high, BigDecimal fraction) {
    BigDecimal exact = low.add(high.subtract(low).multiply(fraction));
    return VarianceOracle.quotient(exact, BigDecimal.ONE) + 0.0;
  }

  private static Object between(Object low, Object high, BigDecimal fraction, ValueType type) {
    return Interpolation.between(low, high, fraction);
  }

  private static String decimal(String low, String high, String fraction, ValueType type) {
    Object result =
        between(
            new BigDecimal(low).setScale(type.scale(), RoundingMode.UNNECESSARY),
            new BigDecimal(high).setScale(type.scale(), RoundingMode.UNNECESSARY),
            new BigDecimal(fraction),
            type);
    return ((BigDecimal) result).toPlainString();
  }
}
