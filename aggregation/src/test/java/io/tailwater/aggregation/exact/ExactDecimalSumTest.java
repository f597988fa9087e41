// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactDecimalSumTest {
  private static final long SEED = 5L;
  private static final BigDecimal LARGEST = new BigDecimal("9".repeat(36) + ".99");

  @Test
  void agreesWithBigDecimalInEveryOrderAndAfterEveryDetour() {
    for (long seed = SEED; seed < SEED + 300; seed++) {
      Random random = new Random(seed);
      int scale = random.nextInt(10);
      List<BigDecimal> terms = new ArrayList<>();
      for (int i = random.nextInt(50); i >= 0; i--) {
        terms.add(new BigDecimal(new BigInteger(random.nextInt(126), random), scale));
      }
      BigDecimal exact = BigDecimal.ZERO.setScale(scale);
      ExactDecimalSum first = new ExactDecimalSum(scale);
      for (BigDecimal term : terms) {
        first.add(term);
        exact = exact.add(term);
        assertValue(first, exact, seed);
      }
      Collections.shuffle(terms, random);
      ExactDecimalSum second = new ExactDecimalSum(scale);
      BigDecimal detour = BigDecimal.valueOf(random.nextLong(), scale);
      second.subtract(detour);
      terms.forEach(second::add);
      second.add(detour);
      assertThat(second).as("seed %d", seed).isEqualTo(first).hasSameHashCodeAs(first);
      assertThat(encoded(second)).as("seed %d", seed).isEqualTo(encoded(first));
      terms.forEach(second::subtract);
      assertThat(second.isZero()).as("seed %d", seed).isTrue();
      assertThat(encoded(second)).as("seed %d", seed).containsExactly(0);
    }
  }

  @Test
  void isNullBeyond38DigitsAndComesBack() {
    ExactDecimalSum sum = sumOf(LARGEST, new BigDecimal("0.01"));
    assertThat(sum.value()).isNull();
    sum.subtract(new BigDecimal("0.01"));
    assertThat(sum.value()).isEqualTo(LARGEST);
    sum.subtract(LARGEST);
    assertThat(sum.value()).isEqualTo(new BigDecimal("0.00"));
  }

  @Test
  void averagesHalfUpWithSixDigitsAtLeast() {
    assertThat(sumOf(new BigDecimal("1.00")).average(3)).isEqualTo(new BigDecimal("0.333333"));
    assertThat(sumOf(new BigDecimal("2.00")).average(3)).isEqualTo(new BigDecimal("0.666667"));
    assertThat(sumOf(new BigDecimal("0.01")).average(20_000))
        .as("0.0000005, away from zero")
        .isEqualTo(new BigDecimal("0.000001"));
    assertThat(sumOf(new BigDecimal("-0.01")).average(20_000))
        .isEqualTo(new BigDecimal("-0.000001"));
    ExactDecimalSum fine = new ExactDecimalSum(8);
    fine.add(new BigDecimal("1.00000000"));
    assertThat(fine.average(3)).isEqualTo(new BigDecimal("0.33333333"));
    assertThat(new ExactDecimalSum(0).average(1)).isEqualTo(new BigDecimal("0.000000"));
    assertThatIllegalArgumentException().isThrownBy(() -> fine.average(0));
  }

  @Test
  void averagesSumsBeyondTheirType() {
    BigDecimal large = new BigDecimal("9".repeat(32) + ".00");
    ExactDecimalSum sum = new ExactDecimalSum(2);
    for (int i = 0; i < 100_000; i++) {
      sum.add(large);
    }
    assertThat(sum.average(100_000)).isEqualTo(large.setScale(6));
    assertThat(sumOf(LARGEST).average(1)).as("four digits more than 38").isNull();
  }

  @Test
  void takesTermsOfItsScaleOnly() {
    ExactDecimalSum sum = new ExactDecimalSum(2);
    assertThatIllegalArgumentException().isThrownBy(() -> sum.add(BigDecimal.ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> sum.subtract(BigDecimal.ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> sum.merge(new ExactDecimalSum(3)));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExactDecimalSum(39));
  }

  @Test
  void mergesCopiesAndClears() {
    ExactDecimalSum sum = sumOf(LARGEST, new BigDecimal("1.50"));
    ExactDecimalSum copy = sum.copy();
    sum.merge(sumOf(LARGEST.negate()));
    assertThat(sum.value()).isEqualTo(new BigDecimal("1.50"));
    assertThat(copy).isNotEqualTo(sum).isEqualTo(sumOf(new BigDecimal("1.50"), LARGEST));
    copy.clear();
    assertThat(copy.isZero()).isTrue();
  }

  @Test
  void isZeroInOneByteHoweverItsTermsCancel() {
    BigDecimal half = BigDecimal.valueOf(Long.MIN_VALUE / 2, 2);
    BigDecimal beyondALong = half.multiply(BigDecimal.valueOf(-2));
    ExactDecimalSum sum = sumOf(beyondALong, half, half);
    assertThat(sum.isZero()).isTrue();
    assertThat(encoded(sum)).containsExactly(0);
  }

  @Test
  void encodesMoneyInFewBytes() {
    assertThat(encoded(sumOf(new BigDecimal("0.01")))).containsExactly(1, 1);
    assertThat(encoded(sumOf(new BigDecimal("-0.01")))).containsExactly(1, -1);
    assertThat(encoded(sumOf(new BigDecimal("1.28")))).containsExactly(2, 0, -128);
    assertThat(encoded(sumOf(new BigDecimal("12345.67")))).hasSize(4);
  }

  @Test
  void refusesBytesThatAreNoSum() {
    for (byte[] bytes : new byte[][] {{}, {2, 1}, {33}, {-1}, {9, 1}}) {
      assertThatExceptionOfType(CorruptBytesException.class)
          .isThrownBy(() -> ExactDecimalSum.decode(2, new ByteReader(bytes)));
    }
  }

  private static void assertValue(ExactDecimalSum sum, BigDecimal exact, long seed) {
    assertThat(sum.value()).as("seed %d", seed).isEqualTo(exact.precision() > 38 ? null : exact);
    BigDecimal third =
        exact.divide(new BigDecimal(3), Math.max(exact.scale(), 6), RoundingMode.HALF_UP);
    assertThat(sum.average(3)).as("seed %d", seed).isEqualTo(third.precision() > 38 ? null : third);
    byte[] bytes = encoded(sum);
    byte[] magnitude = exact.unscaledValue().toByteArray();
    int length = exact.signum() == 0 ? 0 : magnitude.length;
    assertThat(bytes).as("seed %d", seed).hasSize(1 + length).startsWith(length);
    assertThat(ExactDecimalSum.decode(exact.scale(), new ByteReader(bytes)))
        .as("seed %d", seed)
        .isEqualTo(sum);
  }

  private static ExactDecimalSum sumOf(BigDecimal... terms) {
    ExactDecimalSum sum = new ExactDecimalSum(2);
    for (BigDecimal term : terms) {
      sum.add(term);
    }
    return sum;
  }

  private static byte[] encoded(ExactDecimalSum sum) {
    ByteWriter writer = new ByteWriter();
    sum.encode(writer);
    return writer.toByteArray();
  }
}
