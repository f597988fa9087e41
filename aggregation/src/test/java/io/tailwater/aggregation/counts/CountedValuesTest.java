// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedValuesTest {
  private static final long SEED = 20_260_302L;

  private final MemoryPageStore pages = new MemoryPageStore();
  private final CountedValues values = new CountedValues(ValueType.INT64);

  @Test
  void countsValuesAndDifferentValues() {
    addAll(3L, 1L, 3L, 2L, 3L);

    assertThat(values.size()).isEqualTo(5);
    assertThat(values.distinct()).isEqualTo(3);
    assertThat(values.at(0, pages)).isEqualTo(1L);
    assertThat(values.at(1, pages)).isEqualTo(2L);
    assertThat(values.at(2, pages)).isEqualTo(3L);
    assertThat(values.at(4, pages)).isEqualTo(3L);
  }

  @Test
  void orderOfFrequencyFallsBackToTheValue() {
    addAll(9L, 5L, 7L, 7L, 5L, 1L);

    assertThat(values.mostFrequent(1, pages)).containsExactly(5L);
    assertThat(values.mostFrequent(3, pages)).containsExactly(5L, 7L, 1L);
    assertThat(values.mostFrequent(10, pages)).containsExactly(5L, 7L, 1L, 9L);
  }

  @Test
  void smallMultisetsTouchNoPage() {
    for (long i = 0; i < CountedValues.MAX_INLINE; i++) {
      addAll(i, i);
    }
    values.at(20, pages);
    values.mostFrequent(5, pages);

    assertThat(pages.gets + pages.puts + pages.removes).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 40, 1000})
  void refusesToTakeAwayWhatIsNotThere(int size) {
    for (long i = 0; i < size; i++) {
      values.add(2 * i, pages);
    }

    assertThatThrownBy(() -> values.remove(7L, pages))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the state is damaged");
    assertThat(values.size()).isEqualTo(size);
    assertThat(values.distinct()).isEqualTo(size);
  }

  @Test
  void refusesRanksThatAreNone() {
    addAll(1L);

    assertThatThrownBy(() -> values.at(1, pages)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> values.at(-1, pages)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesTypesThatHaveNoOrderAndDecimalsOfAnotherScale() {
    assertThatThrownBy(() -> new CountedValues(ValueType.BYTES))
        .isInstanceOf(IllegalArgumentException.class);
    CountedValues decimals = new CountedValues(ValueType.decimal(10, 2));
    assertThatThrownBy(() -> decimals.add(new BigDecimal("1.5"), pages))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void negativeZeroIsZero() {
    CountedValues doubles = new CountedValues(ValueType.DOUBLE);
    doubles.add(-0.0, pages);
    doubles.add(0.0, pages);

    assertThat(doubles.distinct()).isEqualTo(1);
    assertThat(doubles.at(0, pages)).isEqualTo(0.0);
  }

  @Test
  void unpairedSurrogatesAreTheSameBeforeAndAfterTheirBytes() {
    CountedValues texts = new CountedValues(ValueType.STRING);
    texts.add("a\uD800", pages);
    texts.remove("a?", pages);

    assertThat(texts.isEmpty()).isTrue();
  }

  @Test
  void clearingRemovesThePages() {
    fill(10_000);
    assertThat(pages.size()).isPositive();

    values.clear(pages);

    assertThat(pages.size()).isZero();
    assertThat(values.isEmpty()).isTrue();
    assertThat(values.distinct()).isZero();
    addAll(4L);
    assertThat(values.at(0, pages)).isEqualTo(4L);
  }

  @Test
  void copyOverAnOverlayLeavesTheOriginalAlone() {
    fill(3000);
    OverlayPageStore overlay = new OverlayPageStore(pages);
    CountedValues copy = values.copy();
    long puts = pages.puts;
    for (long i = 0; i < 3000; i++) {
      if (i % 3 == 0) {
        copy.add(-i - 1, overlay);
      } else {
        copy.remove(i, overlay);
      }
    }

    assertThat(copy.distinct()).isEqualTo(2000);
    assertThat(copy.at(0, overlay)).isEqualTo(-2998L);
    assertThat(copy.at(1999, overlay)).isEqualTo(2997L);
    assertThat(pages.puts).isEqualTo(puts);
    assertThat(pages.removes).isZero();
    for (int i = 0; i < 3000; i += 100) {
      assertThat(values.at(i, pages)).isEqualTo((long) i);
    }
    copy.clear(overlay);
    assertThat(values.mostFrequent(2, pages)).containsExactly(0L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 100_000})
  void anOperationTouchesAsManyPagesOfFewValuesAsOfMany(int different) {
    Random random = new Random(SEED);
    List<Long> present = shuffled(different, random);
    present.forEach(value -> values.add(value, pages));
    long operations = 0;
    long touched = 0;
    for (int i = 0; i < 20_000; i++) {
      long before = pages.gets + pages.puts;
      Long value = (long) random.nextInt(2 * different);
      int oldest = random.nextInt(present.size());
      assertGetsAndPuts(() -> values.add(value, pages), 1, 2);
      assertGetsAndPuts(() -> values.remove(present.get(oldest), pages), 2, 1);
      present.set(oldest, value);
      assertGetsAndPuts(() -> values.at(random.nextInt(present.size()), pages), 1, 0);
      assertGetsAndPuts(() -> values.mostFrequent(1, pages), 1, 0);
      assertGetsAndPuts(() -> values.mostFrequent(5, pages), 5, 0);
      operations += 2;
      touched += pages.gets + pages.puts - before;
    }
    // A get and a put each; splits and merges are rare; and what has been asked.
    assertThat((double) touched / operations).as("seed %d", SEED).isBetween(3.0, 5.6);
  }

  @Test
  void theHeaderStaysSmall() {
    shuffled(10_000, new Random(SEED)).forEach(value -> values.add(value * 37, pages));

    assertThat(written(values)).as("seed %d", SEED).hasSizeLessThan(2048);
    assertThat(pages.bytes()).as("seed %d", SEED).isLessThan(2 * 10_000);
  }

  @Test
  void theHeaderOfIdentifiersStaysSmall() {
    CountedValues texts = new CountedValues(ValueType.STRING);
    MemoryPageStore store = new MemoryPageStore();
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      texts.add(new UUID(random.nextLong(), random.nextLong()).toString(), store);
    }

    assertThat(written(texts)).as("seed %d", SEED).hasSizeLessThan(3072);
  }

  @Test
  void thousandsOfValuesThatSlideStayPackedInFewPages() {
    for (long i = 0; i < 50_000; i++) {
      values.add(i, pages);
      if (i >= 5000) {
        values.remove(i - 5000, pages);
      }
    }

    assertThat(values.distinct()).isEqualTo(5000);
    assertThat(pages.size()).isLessThan(5000 / 60);
  }

  @Test
  void damagedBytesAreNamed() {
    fill(1000);
    byte[] header = written(values);
    assertThatThrownBy(
            () -> CountedValues.read(ValueType.INT64, new ByteReader(header, 0, header.length / 2)))
        .isInstanceOf(CorruptBytesException.class);
    assertThatThrownBy(() -> Page.read(new ByteReader(new byte[] {9, 0, 0})))
        .isInstanceOf(CorruptBytesException.class)
        .hasMessageContaining("version 9");
    assertThatThrownBy(() -> Page.read(new ByteReader(new byte[] {1, 9, 0, 0})))
        .isInstanceOf(CorruptBytesException.class)
        .hasMessageContaining("form 9");
  }

  private void assertGetsAndPuts(Runnable operation, int mostGets, int mostPuts) {
    long gets = pages.gets;
    long puts = pages.puts;
    operation.run();
    assertThat(pages.gets - gets).as("gets, seed %d", SEED).isLessThanOrEqualTo(mostGets);
    assertThat(pages.puts - puts).as("puts, seed %d", SEED).isLessThanOrEqualTo(mostPuts);
  }

  private void addAll(Long... added) {
    for (Long value : added) {
      values.add(value, pages);
    }
  }

  private void fill(int size) {
    for (long i = 0; i < size; i++) {
      values.add(i, pages);
    }
  }

  private static List<Long> shuffled(int size, Random random) {
    List<Long> shuffled = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      shuffled.add(2 * i);
    }
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static byte[] written(CountedValues values) {
    ByteWriter out = new ByteWriter();
    values.write(out);
    return out.toByteArray();
  }
}
