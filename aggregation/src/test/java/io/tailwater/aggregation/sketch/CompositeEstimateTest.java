// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What approximate counts rest on: HyperLogLog's composite estimate has the same bits for a set of
 * values in every order, with repeats, in every partition and grouping, and after every detour
 * through bytes. (Its sum of powers of two is exact: at most 2^11 of them, down to 2^-31 in one
 * double and from 2^-32 to 2^-63 in another.)
 */
class CompositeEstimateTest {
  private static final int LG_REGISTERS = 11;

  /** Within the sketch's list, its hash set, its registers, and where each begins. */
  private static final int[] SIZES = {0, 7, 8, 9, 40, 191, 192, 193, 300, 3_000, 30_000};

  @Test
  void dependsOnTheSetOnly() {
    run(1, 5);
  }

  @Test
  @Tag("full")
  void dependsOnTheSetOnlyAtLength() {
    run(1_000_000, 500);
  }

  private static void run(long firstSeed, int rounds) {
    for (long seed = firstSeed; seed < firstSeed + rounds; seed++) {
      Random random = new Random(seed);
      for (int size : SIZES) {
        check(seed, random, random.longs(size + random.nextInt(2)).boxed().toList());
      }
    }
  }

  private static void check(long seed, Random random, List<Long> values) {
    HllSketch plain = new HllSketch(LG_REGISTERS, TgtHllType.HLL_8);
    values.forEach(plain::update);
    double expected = plain.getCompositeEstimate();
    List<HllSketch> parts = parts(random, values);
    Union all = new Union(LG_REGISTERS);
    parts.forEach(all::update);
    assertSame(seed, values, all.getCompositeEstimate(), expected);
    while (parts.size() > 1) {
      Union pair = new Union(LG_REGISTERS);
      pair.update(parts.remove(random.nextInt(parts.size())));
      pair.update(parts.remove(random.nextInt(parts.size())));
      parts.add(detour(random, pair.getResult(TgtHllType.HLL_8)));
    }
    HllSketch whole = parts.get(0);
    assertSame(seed, values, whole.getCompositeEstimate(), expected);
    values.forEach(whole::update);
    assertSame(seed, values, whole.getCompositeEstimate(), expected);
  }

  /** Sketches that together have every value, some of them twice and more. */
  private static List<HllSketch> parts(Random random, List<Long> values) {
    List<HllSketch> parts = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      parts.add(new HllSketch(LG_REGISTERS, TgtHllType.HLL_8));
    }
    List<Long> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, random);
    for (long value : shuffled) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        int part = random.nextInt(parts.size());
        parts.get(part).update(value);
        if (random.nextInt(500) == 0) {
          parts.set(part, detour(random, parts.get(part)));
        }
      }
    }
    return parts;
  }

  /** Through the bytes of some kind of sketch and back. */
  private static HllSketch detour(Random random, HllSketch sketch) {
    HllSketch other = sketch.copyAs(TgtHllType.values()[random.nextInt(3)]);
    byte[] bytes = random.nextBoolean() ? other.toCompactByteArray() : other.toUpdatableByteArray();
    return HllSketch.heapify(Memory.wrap(bytes)).copyAs(TgtHllType.HLL_8);
  }

  private static void assertSame(long seed, List<Long> values, double found, double expected) {
    assertThat(Double.doubleToRawLongBits(found))
        .as("seed %d, %d values: %s, not %s", seed, values.size(), found, expected)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }
}
