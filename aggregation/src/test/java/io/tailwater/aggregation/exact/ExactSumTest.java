// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {
  private static final long SEED = 7L;
  private static final double ULP_OF_ONE = Math.ulp(1.0);

  @Test
  void isExactWherePlainAdditionIsNot() {
    assertRounds(0.6, 0.1, 0.2, 0.3);
    assertRounds(1.0, 1e100, 1.0, -1e100);
    assertRounds(2.0, 1.0, 1e100, 1.0, -1e100);
    assertRounds(Double.MIN_VALUE, 1e308, Double.MIN_VALUE, -1e308);
  }

  @Test
  void agreesWithBigDecimalOnMoney() {
    Random random = new Random(SEED);
    ExactSum sum = new ExactSum();
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 20_000; i++) {
      double amount = DoubleKind.MONEY.next(random);
      sum.add(amount);
      exact = exact.add(new BigDecimal(amount));
      if (i % 10 == 0) {
        assertThat(sum.round()).as("seed %d, term %d", SEED, i).isEqualTo(exact.doubleValue());
      }
    }
  }

  @Test
  void roundsTiesToEven() {
    assertRounds(1.0, 1.0, ULP_OF_ONE / 2);
    assertRounds(1.0 + 2 * ULP_OF_ONE, 1.0 + ULP_OF_ONE, ULP_OF_ONE / 2);
    assertRounds(0x1p53, 0x1p53, 1.0);
    assertRounds(0x1p53 + 4, 0x1p53 + 2, 1.0);
    assertRounds(2.0, 2.0 - ULP_OF_ONE, ULP_OF_ONE / 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 1e-100, 1e-30, 0x1p-64, 0x1p-63, 0x1p-54})
  void seesWhatIsFarBelowATie(double little) {
    assertRounds(1.0 + ULP_OF_ONE, 1.0, ULP_OF_ONE / 2, little);
    assertRounds(1.0, 1.0, ULP_OF_ONE / 2, -little);
    assertRounds(1.0 + ULP_OF_ONE, 1.0 + ULP_OF_ONE, ULP_OF_ONE / 2, -little);
  }

  @Test
  void roundsTiesAtEveryPositionInAChunk() {
    for (int exponent = -1021; exponent < 1000; exponent++) {
      double one = Math.scalb(1.0, exponent);
      double half = Math.scalb(1.0, exponent - 53);
      if (exponent > -1021) {
        assertRounds(one, one, half);
        assertRounds(Math.nextUp(one), one, half, Double.MIN_VALUE);
      }
      assertRounds(one, one, half, -Double.MIN_VALUE);
    }
  }

  @Test
  void keepsSubnormalResultsExact() {
    assertRounds(3 * Double.MIN_VALUE, Double.MIN_VALUE, 2 * Double.MIN_VALUE);
    assertRounds(Double.MIN_VALUE, Double.MIN_NORMAL, -Math.nextDown(Double.MIN_NORMAL));
    assertRounds(Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL), Double.MIN_VALUE);
    assertRounds(
        2 * Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL), Math.nextUp(Double.MIN_NORMAL));
  }

  @Test
  void overflowsToInfinityAndComesBack() {
    ExactSum sum = sumOf(Double.MAX_VALUE, Math.ulp(Double.MAX_VALUE) / 4);
    assertThat(sum.round()).isEqualTo(Double.MAX_VALUE);
    sum.add(Math.ulp(Double.MAX_VALUE) / 4);
    assertThat(sum.round()).as("a tie whose even neighbour is infinite").isInfinite().isPositive();
    sum.subtract(Double.MIN_VALUE);
    assertThat(sum.round()).isEqualTo(Double.MAX_VALUE);
    assertRounds(Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -Double.MAX_VALUE);
    assertRounds(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
  }

  @Test
  void hasNoNegativeZero() {
    assertRounds(0.0);
    assertRounds(0.0, -0.0);
    assertRounds(0.0, -1.5, 1.5);
    assertThat(sumOf(-0.0)).isEqualTo(new ExactSum());
  }

  @ParameterizedTest
  @ValueSource(ints = {2046, 2047, 2048, 4094, 10_000})
  void survivesAsManyTermsAsAChunkHoldsAndMore(int terms) {
    for (int exponent = 940; exponent < 1023; exponent++) {
      double fullMantissa = Math.scalb(2.0 - ULP_OF_ONE, exponent - 900);
      for (double term : new double[] {fullMantissa, -fullMantissa}) {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < terms; i++) {
          sum.add(term);
        }
        BigDecimal exact = new BigDecimal(term).multiply(BigDecimal.valueOf(terms));
        assertThat(sum.round()).as("%d times %s", terms, term).isEqualTo(exact.doubleValue());
      }
    }
  }

  @Test
  void refusesWhatIsNotFiniteAndStaysAsItWas() {
    ExactSum sum = sumOf(2.5);
    for (double term : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> sum.add(term));
      assertThatIllegalArgumentException().isThrownBy(() -> sum.subtract(term));
    }
    assertThat(sum.round()).isEqualTo(2.5);
  }

  @Test
  void tellsValuesApartThatRoundToTheSameDouble() {
    ExactSum sum = sumOf(1.0);
    ExactSum more = sumOf(1.0, Double.MIN_VALUE);
    assertThat(more.round()).isEqualTo(sum.round());
    assertThat(more).isNotEqualTo(sum);
    assertThat(sumOf(1.0)).isNotEqualTo(sumOf(-1.0));
    assertThat(sum.isZero()).isFalse();
  }

  @Test
  void copiesAndClearsIndependently() {
    ExactSum sum = sumOf(1e300, 3.0);
    ExactSum copy = sum.copy();
    sum.clear();
    assertThat(sum.isZero()).isTrue();
    assertThat(sum.round()).isZero();
    sum.add(4.0);
    assertThat(sum).isEqualTo(sumOf(4.0));
    assertThat(copy).isEqualTo(sumOf(3.0, 1e300));
  }

  @Test
  void doublesWhenMergedWithItself() {
    ExactSum sum = sumOf(1.25, -7.5e200);
    sum.merge(sum);
    assertThat(sum).isEqualTo(sumOf(2.5, -1.5e201));
    ExactSum zero = new ExactSum();
    zero.merge(new ExactSum());
    assertThat(zero.isZero()).isTrue();
  }

  @Test
  void carriesIntoTheNextChunkAtItsExactLimit() {
    for (int exponent = -1022; exponent < 1023; exponent++) {
      double half = Math.scalb(1.0, exponent);
      assertThat(encoded(sumOf(half, half))).isEqualTo(encoded(sumOf(2 * half)));
      assertThat(encoded(sumOf(-half, -half))).isEqualTo(encoded(sumOf(-2 * half)));
      assertThat(encoded(sumOf(1.0, half, half, -1.0))).isEqualTo(encoded(sumOf(2 * half)));
      assertThat(encoded(sumOf(1.0, -half, -half, -1.0))).isEqualTo(encoded(sumOf(-2 * half)));
    }
  }

  @Test
  void mergesSumsThatAreFullOfCarries() {
    double fullMantissa = Math.scalb(2.0 - ULP_OF_ONE, 33);
    ExactSum part = new ExactSum();
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 2000; i++) {
      part.add(fullMantissa);
      sum.add(fullMantissa);
    }
    sum.merge(part);
    for (int i = 0; i < 2000; i++) {
      sum.add(fullMantissa);
    }
    assertThat(sum.round()).isEqualTo(6000 * fullMantissa);
  }

  @Test
  void encodesMoneyInFewBytes() {
    assertThat(encoded(new ExactSum())).containsExactly(0);
    assertThat(encoded(sumOf(1.0))).containsExactly(1, 28, 4);
    assertThat(encoded(sumOf(-1.0))).containsExactly(1, 29, 4);
    assertThat(encoded(sumOf(19.99, 0.01, 123_456.78))).hasSizeLessThanOrEqualTo(13);
    assertThat(encoded(sumOf(Double.MAX_VALUE))).hasSize(11);
    assertThat(encoded(sumOf(Double.MAX_VALUE, Double.MIN_VALUE))).hasSize(4 + 263);
  }

  @Test
  void reusesAnAccumulatorForAnotherValue() {
    ByteWriter writer = new ByteWriter();
    sumOf(5.0).encode(writer);
    new ExactSum().encode(writer);
    sumOf(-1e300, 1.0).encode(writer);
    sumOf(0.07).encode(writer);
    ByteReader reader = new ByteReader(writer.toByteArray());
    ExactSum sum = sumOf(1e-300, 17.0);
    double[] expected = {5.0, 0.0, -1e300, 0.07};
    for (double value : expected) {
      sum.readFrom(reader);
      assertThat(sum.round()).isEqualTo(value);
    }
  }

  @Test
  void refusesBytesThatAreNoSum() {
    assertCorrupt(1);
    assertCorrupt(2, 28, 1);
    assertCorrupt(1, 28, 0);
    assertCorrupt(2, 28, 0, 1);
    assertCorrupt(2, 28, 1, 0);
    assertCorrupt(0xFF, 0x7F, 28);
    assertCorrupt(1, 0xFF, 0x7F, 1);
  }

  private static void assertRounds(double expected, double... terms) {
    ExactSum sum = sumOf(terms);
    assertThat(Double.doubleToRawLongBits(sum.round()))
        .as("%s for %s", sum, expected)
        .isEqualTo(Double.doubleToRawLongBits(expected));
    ExactSum negated = new ExactSum();
    for (double term : terms) {
      negated.subtract(term);
    }
    assertThat(negated.round()).isEqualTo(0.0 - expected);
  }

  private static void assertCorrupt(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> ExactSum.decode(new ByteReader(bytes)));
  }

  private static ExactSum sumOf(double... terms) {
    ExactSum sum = new ExactSum();
    for (double term : terms) {
      sum.add(term);
    }
    return sum;
  }

  private static byte[] encoded(ExactSum sum) {
    ByteWriter writer = new ByteWriter();
    sum.encode(writer);
    return writer.toByteArray();
  }
}
