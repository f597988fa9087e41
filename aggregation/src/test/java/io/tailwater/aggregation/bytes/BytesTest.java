// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final long SEED = 11L;

  @Test
  void readsBackNumbersOfEveryLength() {
    Random random = new Random(SEED);
    long[] numbers = new long[10_000];
    ByteWriter writer = new ByteWriter(0);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextLong() >> random.nextInt(64);
      writer.writeVarLong(numbers[i]);
      writer.writeZigZag(numbers[i]);
      writer.writeFixed64(numbers[i]);
    }
    ByteReader reader = new ByteReader(writer.toByteArray());
    for (long number : numbers) {
      assertThat(reader.readVarLong()).as("seed %d", SEED).isEqualTo(number);
      assertThat(reader.readZigZag()).as("seed %d", SEED).isEqualTo(number);
      assertThat(reader.readFixed64()).as("seed %d", SEED).isEqualTo(number);
    }
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void writesSmallNumbersInOneByteAndTheExtremesInTen() {
    assertThat(varLong(0)).containsExactly(0);
    assertThat(varLong(127)).containsExactly(127);
    assertThat(varLong(300)).containsExactly(0xAC, 0x02);
    assertThat(varLong(-1)).hasSize(10);
    assertThat(zigZag(-64)).containsExactly(127);
    assertThat(zigZag(63)).containsExactly(126);
    assertThat(zigZag(Long.MIN_VALUE)).hasSize(10);
  }

  @Test
  void readsBackTheLowBytesInTheMiddleAndAtTheEndOfAnArray() {
    long value = 0x8877_6655_4433_2211L;
    for (int count = 1; count <= 8; count++) {
      ByteWriter writer = new ByteWriter(0);
      writer.writeLowBytes(value, count);
      writer.writeLowBytes(-1, 0);
      byte[] bytes = writer.toByteArray();
      assertThat(bytes).hasSize(count).startsWith(0x11);
      long low = value & (-1L >>> (64 - 8 * count));
      assertThat(new ByteReader(bytes).readLowBytes(count)).isEqualTo(low);
      byte[] longer = Arrays.copyOf(bytes, 20);
      Arrays.fill(longer, count, longer.length, (byte) -1);
      ByteReader reader = new ByteReader(longer, 0, count);
      assertThat(reader.readLowBytes(count)).isEqualTo(low);
      assertThatExceptionOfType(CorruptBytesException.class)
          .isThrownBy(() -> reader.readLowBytes(1));
    }
  }

  @Test
  void readsAPartOfAnArrayAndNotBeyondIt() {
    ByteReader reader = new ByteReader(new byte[] {1, 2, 3, 4, 5}, 1, 3);
    assertThat(reader.readByte()).isEqualTo(2);
    assertThat(reader.position()).isEqualTo(2);
    assertThat(reader.readBytes(2)).containsExactly(3, 4);
    assertThat(reader.remaining()).isZero();
    assertThatExceptionOfType(CorruptBytesException.class).isThrownBy(reader::readByte);
  }

  @Test
  void refusesBytesThatNoWriterWrote() {
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> new ByteReader(new byte[7]).readFixed64())
        .withMessage("8 bytes wanted at byte 0, 7 left");
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> new ByteReader(new byte[] {-1, -1}).readVarLong());
    byte[] tooLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> new ByteReader(tooLong).readVarLong())
        .withMessageContaining("more than 64 bits");
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) -1);
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> new ByteReader(endless).readVarLong())
        .withMessageContaining("no end");
    assertThatExceptionOfType(CorruptBytesException.class)
        .isThrownBy(() -> new ByteReader(endless).readBytes(-1));
  }

  @Test
  void startsAnewAfterReset() {
    ByteWriter writer = new ByteWriter();
    writer.writeBytes(new byte[100]);
    writer.reset();
    writer.writeBytes(new byte[] {9, 8, 7}, 1, 2);
    assertThat(writer.size()).isEqualTo(2);
    assertThat(writer.toByteArray()).containsExactly(8, 7);
  }

  private static byte[] varLong(long value) {
    ByteWriter writer = new ByteWriter();
    writer.writeVarLong(value);
    return writer.toByteArray();
  }

  private static byte[] zigZag(long value) {
    ByteWriter writer = new ByteWriter();
    writer.writeZigZag(value);
    return writer.toByteArray();
  }
}
