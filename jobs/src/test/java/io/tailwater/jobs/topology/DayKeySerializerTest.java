// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DayKeySerializerTest {
  private static final long SEED = 11;
  private static final int CASES = 20_000;
  private static final int[] DAYS = {
    Integer.MIN_VALUE,
    -300,
    -257,
    -256,
    -2,
    -1,
    0,
    1,
    127,
    128,
    255,
    256,
    20_454,
    20_500,
    70_000,
    Integer.MAX_VALUE
  };

  private final Random random = new Random(SEED);
  private final DayKeySerializer serializer = new DayKeySerializer();

  @Test
  void comesBack() throws IOException {
    for (int i = 0; i < CASES; i++) {
      DayKey key = key();
      assertThat(serializer.deserialize(new DataInputDeserializer(bytes(key))))
          .as("seed %d", SEED)
          .isEqualTo(key);
    }
  }

  @Test
  void ordersByDayAndThenByTheEntitysBytes() throws IOException {
    for (int i = 0; i < CASES; i++) {
      DayKey one = key();
      DayKey other = key();
      int expected =
          one.day() == other.day()
              ? Arrays.compareUnsigned(one.entity(), other.entity())
              : Integer.compare(one.day(), other.day());
      assertThat(Integer.signum(Arrays.compare(bytes(one), bytes(other))))
          .as("seed %d: %s, %s", SEED, one, other)
          .isEqualTo(Integer.signum(expected));
    }
  }

  /** More Flink does not look at before it reads a key. */
  @Test
  void daysAndSmallIdsAreInTheFirstEightBytes() throws IOException {
    assertThat(bytes(new DayKey(20_454, new byte[5]))).hasSize(3 + 8 + 1);
  }

  @Test
  void allRowsOfADayGoToOneTask() {
    assertThat(new DayKey(7, new byte[] {1}).hashCode())
        .isEqualTo(new DayKey(7, new byte[] {2}).hashCode());
  }

  private DayKey key() {
    byte[] entity = new byte[random.nextInt(20)];
    for (int i = 0; i < entity.length; i++) {
      entity[i] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
    }
    return new DayKey(DAYS[random.nextInt(DAYS.length)], entity);
  }

  private byte[] bytes(DayKey key) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(key, out);
    return out.getCopyOfBuffer();
  }
}
