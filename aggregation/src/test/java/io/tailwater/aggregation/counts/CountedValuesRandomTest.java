// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random values that come and go, against a sorted map; every page is decoded at every get. */
class CountedValuesRandomTest {
  private static final long SEED = 20_260_301L;

  @ParameterizedTest
  @EnumSource
  void agreesWithASortedMap(ValueKind kind) {
    for (long seed = SEED; seed < SEED + 100; seed++) {
      new Case(kind, seed, 1 + 2 * (int) (seed % 100)).run(300);
    }
    for (long seed = SEED; seed < SEED + 3; seed++) {
      new Case(kind, seed, 5000).run(12_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("full")
  void agreesWithASortedMapOfManyValues(ValueKind kind) {
    for (long seed = SEED; seed < SEED + 500; seed++) {
      new Case(kind, seed, 1 + (int) (seed % 1000)).run(3000);
    }
    for (long seed = SEED; seed < SEED + 2; seed++) {
      new Case(kind, seed, 50_000).run(300_000);
    }
  }

  /** One sequence of operations: the multiset grows, then shrinks, and so on until it is empty. */
  private static final class Case {
    private final ValueKind kind;
    private final String name;
    private final Random random;
    private final int different;
    private final MemoryPageStore pages;
    private final SortedMapOracle oracle;
    private final List<Object> present = new ArrayList<>();
    private CountedValues values;

    Case(ValueKind kind, long seed, int different) {
      this.kind = kind;
      this.name = "%s, seed %d, of %d values".formatted(kind, seed, different);
      this.random = new Random(seed);
      this.different = different;
      this.pages = new MemoryPageStore();
      this.oracle = new SortedMapOracle(kind.order());
      this.values = new CountedValues(kind.type());
    }

    void run(int steps) {
      int period = 1 + steps / (1 + random.nextInt(4));
      boolean fifo = random.nextBoolean();
      for (int i = 0; i < steps; i++) {
        int removals = i % period < period / 2 ? 1 : 6;
        if (present.isEmpty() || random.nextInt(8) >= removals) {
          add();
        } else {
          remove(fifo);
        }
        if (random.nextInt(40) == 0) {
          values = roundTrip(values);
        }
        if (random.nextInt(1 + steps / 15) == 0) {
          compare();
        }
      }
      compare();
      while (!present.isEmpty()) {
        remove(fifo);
      }
      compare();
      assertThat(values.isEmpty()).as(name).isTrue();
      assertThat(pages.size()).as("%s: pages are left", name).isZero();
    }

    private void add() {
      Object value = kind.next(random, different);
      present.add(value);
      oracle.add(value);
      values.add(value, pages);
    }

    private void remove(boolean fifo) {
      int last = present.size() - 1;
      int index = random.nextInt(fifo ? Math.min(10, last + 1) : last + 1);
      Object value = present.get(index);
      present.set(index, present.get(last));
      present.remove(last);
      oracle.remove(value);
      values.remove(value, pages);
    }

    private void compare() {
      List<Object> expected = oracle.values();
      assertThat(values.size()).as(name).isEqualTo(expected.size());
      assertThat(values.distinct()).as(name).isEqualTo(oracle.distinct());
      for (int i = 0; i < 20 && !expected.isEmpty(); i++) {
        int rank = i < 2 ? i * (expected.size() - 1) : random.nextInt(expected.size());
        assertThat(values.at(rank, pages))
            .as("%s, rank %d", name, rank)
            .isEqualTo(expected.get(rank));
      }
      for (int k : new int[] {1, 3, 1 + random.nextInt(100), 1000}) {
        assertThat(values.mostFrequent(k, pages))
            .as("%s, the %d most frequent", name, k)
            .isEqualTo(oracle.mostFrequent(k));
      }
    }

    private CountedValues roundTrip(CountedValues original) {
      ByteWriter out = new ByteWriter();
      original.write(out);
      ByteReader in = new ByteReader(out.toByteArray());
      CountedValues read = CountedValues.read(kind.type(), in);
      assertThat(in.remaining()).as(name).isZero();
      return read;
    }
  }
}
