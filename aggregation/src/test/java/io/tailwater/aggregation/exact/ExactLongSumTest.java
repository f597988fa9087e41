// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactLongSumTest {
  private static final long SEED = 3L;

  @Test
  void agreesWithBigIntegerWhileTermsComeAndGo() {
    for (long seed = SEED; seed < SEED + 100; seed++) {
      Random random = new Random(seed);
      ExactLongSum sum = new ExactLongSum();
      BigInteger exact = BigInteger.ZERO;
      for (int i = 0; i < 2000; i++) {
        long term = random.nextLong() >> random.nextInt(64);
        if (random.nextInt(3) == 0) {
          sum.subtract(term);
          exact = exact.subtract(BigInteger.valueOf(term));
        } else {
          sum.add(term);
          exact = exact.add(BigInteger.valueOf(term));
        }
        assertValue(sum, exact, seed);
      }
    }
  }

  @Test
  void isNullBeyondALongAndComesBack() {
    ExactLongSum sum = sumOf(Long.MAX_VALUE);
    assertThat(sum.value()).isEqualTo(Long.MAX_VALUE);
    sum.add(1);
    assertThat(sum.value()).isNull();
    assertThat(sum.toDouble()).isEqualTo(0x1p63);
    sum.subtract(1);
    assertThat(sum.value()).isEqualTo(Long.MAX_VALUE);
    assertThat(sumOf(Long.MIN_VALUE).value()).isEqualTo(Long.MIN_VALUE);
    assertThat(sumOf(Long.MIN_VALUE, -1).value()).isNull();
    ExactLongSum fromBelow = new ExactLongSum();
    fromBelow.subtract(Long.MIN_VALUE);
    assertThat(fromBelow.value()).isNull();
    assertThat(fromBelow.toDouble()).isEqualTo(0x1p63);
  }

  @Test
  void roundsOnceToADoubleWithTiesToEven() {
    // 2^64 + 2^11 lies between two doubles that are 2^12 apart.
    ExactLongSum tie = sumOf(1L << 62, 1L << 62, 1L << 62, 1L << 62, 1L << 11);
    assertThat(tie.toDouble()).isEqualTo(0x1p64);
    tie.add(1);
    assertThat(tie.toDouble()).isEqualTo(0x1p64 + 0x1p12);
    tie.add((1L << 12) - 1);
    assertThat(tie.toDouble()).as("a tie whose even neighbour is above").isEqualTo(0x1p64 + 0x1p13);
    tie.subtract(1);
    assertThat(tie.toDouble()).isEqualTo(0x1p64 + 0x1p12);
    assertThat(sumOf((1L << 53) + 1).toDouble()).isEqualTo(0x1p53);
  }

  @Test
  void roundsSumsOfEveryLengthAsBigIntegerDoes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      BigInteger exact = new BigInteger(1 + random.nextInt(127), random);
      BigInteger mask = BigInteger.ONE.shiftLeft(random.nextInt(127)).negate();
      exact = exact.and(mask);
      exact = random.nextBoolean() ? exact.negate() : exact;
      assertThat(decoded(zigZag(exact)).toDouble())
          .as("seed %d: %s", SEED, exact)
          .isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void mergesCopiesAndClears() {
    ExactLongSum sum = sumOf(Long.MAX_VALUE, Long.MAX_VALUE);
    ExactLongSum copy = sum.copy();
    sum.merge(sumOf(Long.MIN_VALUE, Long.MIN_VALUE));
    assertThat(sum.value()).isEqualTo(-2L);
    assertThat(sum).isNotEqualTo(copy).isEqualTo(sumOf(-2)).hasSameHashCodeAs(sumOf(-2));
    sum.clear();
    assertThat(sum.isZero()).isTrue();
    assertThat(copy.isZero()).isFalse();
  }

  @Test
  void encodesSmallSumsInAByteAndTheLargestInNineteen() {
    assertThat(encoded(sumOf())).containsExactly(0);
    assertThat(encoded(sumOf(-1))).containsExactly(1);
    assertThat(encoded(sumOf(63))).containsExactly(126);
    assertThat(encoded(sumOf(Long.MIN_VALUE))).hasSize(10);
    assertThat(encoded(sumOf(Long.MIN_VALUE, -1))).hasSize(10);
    byte[] least = zigZag(BigInteger.ONE.shiftLeft(127).negate());
    assertThat(least).hasSize(19);
    assertThat(encoded(decoded(least))).isEqualTo(least);
  }

  @Test
  void refusesBytesOfMoreThan128Bits() {
    byte[] bytes = new byte[19];
    Arrays.fill(bytes, (byte) -1);
    bytes[18] = 4;
    assertThatExceptionOfType(CorruptBytesException.class).isThrownBy(() -> decoded(bytes));
    bytes[18] = -1;
    assertThatExceptionOfType(CorruptBytesException.class).isThrownBy(() -> decoded(bytes));
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> decoded(new byte[] {-1}));
  }

  private static void assertValue(ExactLongSum sum, BigInteger exact, long seed) {
    Long expected = exact.bitLength() < Long.SIZE ? exact.longValueExact() : null;
    assertThat(sum.value()).as("seed %d", seed).isEqualTo(expected);
    assertThat(sum.toBigInteger()).as("seed %d", seed).isEqualTo(exact);
    assertThat(sum.toDouble()).as("seed %d", seed).isEqualTo(exact.doubleValue());
    byte[] bytes = encoded(sum);
    assertThat(bytes).as("seed %d", seed).isEqualTo(zigZag(exact));
    assertThat(decoded(bytes)).as("seed %d", seed).isEqualTo(sum);
  }

  /** The documented encoding, from the definition. */
  private static byte[] zigZag(BigInteger value) {
    BigInteger rest = value.shiftLeft(1);
    rest = value.signum() < 0 ? rest.not() : rest;
    ByteWriter writer = new ByteWriter();
    while (rest.bitLength() > 7) {
      writer.writeByte(rest.intValue() | 0x80);
      rest = rest.shiftRight(7);
    }
    writer.writeByte(rest.intValue());
    return writer.toByteArray();
  }

  private static ExactLongSum sumOf(long... terms) {
    ExactLongSum sum = new ExactLongSum();
    for (long term : terms) {
      sum.add(term);
    }
    return sum;
  }

  private static ExactLongSum decoded(byte[] bytes) {
    return ExactLongSum.decode(new ByteReader(bytes));
  }

  private static byte[] encoded(ExactLongSum sum) {
    ByteWriter writer = new ByteWriter();
    sum.encode(writer);
    return writer.toByteArray();
  }
}
