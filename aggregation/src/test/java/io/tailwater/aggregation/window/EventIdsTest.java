// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  private static final int CASES = 2_000;

  @Test
  void isAListWhateverIsDoneWithIt() {
    for (long seed = 1; seed <= CASES; seed++) {
      Random random = new Random(seed);
      EventIds ids = new EventIds();
      List<byte[]> expected = new ArrayList<>();
      for (int step = random.nextInt(80); step > 0; step--) {
        if (random.nextInt(10) == 0) {
          int count = random.nextInt(expected.size() + 1);
          check(seed, ids.removeFirst(count), expected.subList(0, count));
          expected.subList(0, count).clear();
        } else {
          int index =
              random.nextInt(3) == 0 ? random.nextInt(expected.size() + 1) : expected.size();
          byte[] id = new byte[random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(9)];
          random.nextBytes(id);
          ids.add(index, id);
          expected.add(index, id);
        }
      }
      check(seed, ids, expected);
      int from = random.nextInt(expected.size() + 1);
      int to = from + random.nextInt(expected.size() - from + 1);
      check(seed, ids.slice(from, to), expected.subList(from, to));
      check(seed, reread(ids), expected);
      check(seed, rereadWithLength(ids), expected);
    }
  }

  @Test
  void aCopyIsItsOwn() {
    EventIds ids = new EventIds();
    ids.add(0, new byte[] {1});
    EventIds copy = ids.copy();
    ids.add(0, new byte[] {0});
    check(0, copy, List.of(new byte[] {1}));
  }

  @Test
  void anIdThatPassesTheEndIsCorrupt() {
    ByteWriter out = new ByteWriter();
    out.writeVarLong(2);
    out.writeVarLong(1);
    out.writeByte(7);
    out.writeVarLong(5);
    out.writeByte(7);
    EventIds ids = EventIds.read(new ByteReader(out.toByteArray()));
    assertThatThrownBy(() -> ids.compare(new byte[0], 1))
        .isInstanceOf(CorruptBytesException.class)
        .hasMessageContaining("the event id at byte 2 of 4 has no end");
  }

  private static EventIds reread(EventIds ids) {
    ByteWriter out = new ByteWriter();
    ids.write(out);
    return EventIds.read(new ByteReader(out.toByteArray()));
  }

  private static EventIds rereadWithLength(EventIds ids) {
    ByteWriter out = new ByteWriter();
    ids.writeWithLength(out);
    out.writeByte(1);
    return EventIds.readWithLength(new ByteReader(out.toByteArray()));
  }

  private static void check(long seed, EventIds ids, List<byte[]> expected) {
    assertThat(ids.size()).as("seed %d", seed).isEqualTo(expected.size());
    for (int i = expected.size() - 1; i >= 0; i--) {
      assertThat(ids.compare(expected.get(i), i)).as("seed %d, id %d", seed, i).isZero();
      byte[] other = Arrays.copyOf(expected.get(i), expected.get(i).length + 1);
      assertThat(ids.compare(other, i)).as("seed %d, id %d", seed, i).isPositive();
    }
  }
}
