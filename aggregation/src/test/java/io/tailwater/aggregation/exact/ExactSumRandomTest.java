// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random terms against sums in big integers. */
class ExactSumRandomTest {
  private static final long SEED = 20_260_101L;

  @ParameterizedTest
  @EnumSource
  void agreesWithTheOracleWhileTermsComeAndGo(DoubleKind kind) {
    slide(kind, SEED, 30_000);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("full")
  void agreesWithTheOracleWhileMillionsOfTermsComeAndGo(DoubleKind kind) {
    for (long seed = SEED + 1; seed <= SEED + 5; seed++) {
      slide(kind, seed, 1_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameBytesInEveryOrderAndAfterEveryDetour(DoubleKind kind) {
    for (long seed = SEED; seed < SEED + 200; seed++) {
      permute(kind, seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mergesToTheSumOfTheParts(DoubleKind kind) {
    for (long seed = SEED; seed < SEED + 200; seed++) {
      Random random = new Random(seed);
      ExactSum whole = new ExactSum();
      ExactSum[] parts = {new ExactSum(), new ExactSum(), new ExactSum()};
      for (int i = random.nextInt(5000); i > 0; i--) {
        double term = kind.next(random);
        whole.add(term);
        parts[random.nextInt(parts.length)].add(term);
      }
      byte[] before = encoded(parts[1]);
      parts[0].merge(parts[1]);
      parts[0].merge(parts[2]);
      assertSame(parts[0], whole, kind, seed);
      assertThat(encoded(parts[1])).as("%s, seed %d", kind, seed).isEqualTo(before);
    }
  }

  /** A window of random length: every second step takes the oldest term away. */
  private static void slide(DoubleKind kind, long seed, int steps) {
    Random random = new Random(seed);
    double[] terms = new double[steps];
    ExactSum sum = new ExactSum();
    UnitsOracle oracle = new UnitsOracle();
    int oldest = 0;
    for (int i = 0; i < steps; i++) {
      terms[i] = kind.next(random);
      sum.add(terms[i]);
      oracle.add(terms[i]);
      while (oldest <= i && random.nextInt(i % 5000 < 2500 ? 4 : 1) == 0 && random.nextInt(3) > 0) {
        sum.subtract(terms[oldest]);
        oracle.subtract(terms[oldest++]);
      }
      if (i % 7 == 0) {
        assertBits(sum.round(), oracle.rounded(), kind, seed, i);
      }
      if (i % 101 == 0) {
        sum = roundTrip(sum, kind, seed);
        assertBits(sum.round(), oracle.rounded(), kind, seed, i);
      }
    }
    while (oldest < steps) {
      sum.subtract(terms[oldest++]);
    }
    assertThat(sum.isZero()).as("%s, seed %d: all terms are gone", kind, seed).isTrue();
    assertThat(encoded(sum)).as("%s, seed %d", kind, seed).containsExactly(0);
  }

  private static void permute(DoubleKind kind, long seed) {
    Random random = new Random(seed);
    List<Double> terms = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      terms.add(kind.next(random));
    }
    ExactSum first = new ExactSum();
    terms.forEach(first::add);
    Collections.shuffle(terms, random);
    ExactSum second = new ExactSum();
    double detour = DoubleKind.ANY.next(random);
    second.subtract(detour);
    for (double term : terms) {
      second.add(term);
      if (random.nextInt(4) == 0) {
        second = roundTrip(second, kind, seed);
      }
    }
    second.add(detour);
    assertSame(first, second, kind, seed);
  }

  private static ExactSum roundTrip(ExactSum sum, DoubleKind kind, long seed) {
    byte[] bytes = encoded(sum);
    ByteReader reader = new ByteReader(bytes);
    ExactSum decoded = ExactSum.decode(reader);
    assertThat(reader.remaining()).as("%s, seed %d", kind, seed).isZero();
    assertThat(encoded(decoded)).as("%s, seed %d", kind, seed).isEqualTo(bytes);
    assertSame(decoded, sum, kind, seed);
    return decoded;
  }

  private static void assertSame(ExactSum actual, ExactSum expected, DoubleKind kind, long seed) {
    assertThat(actual).as("%s, seed %d", kind, seed).isEqualTo(expected);
    assertThat(actual).as("%s, seed %d", kind, seed).hasSameHashCodeAs(expected);
    assertThat(encoded(actual)).as("%s, seed %d", kind, seed).isEqualTo(encoded(expected));
    assertThat(actual.round()).as("%s, seed %d", kind, seed).isEqualTo(expected.round());
  }

  private static void assertBits(
      double actual, double expected, DoubleKind kind, long seed, int step) {
    if (Double.doubleToRawLongBits(actual) != Double.doubleToRawLongBits(expected)) {
      assertThat(actual).as("%s, seed %d, step %d", kind, seed, step).isEqualTo(expected);
    }
  }

  private static byte[] encoded(ExactSum sum) {
    ByteWriter writer = new ByteWriter();
    sum.encode(writer);
    return writer.toByteArray();
  }
}
