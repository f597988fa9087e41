// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.days;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayRunsTest {
  private static final long SEED = 23;
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final int PAGE = 4096;
  private static final List<ValueType> KEYS = List.of(ValueType.STRING, ValueType.INT64);

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final OfflineRowTypeInfo type =
      new OfflineRowTypeInfo(KEYS, List.of(ValueType.DOUBLE, ValueType.STRING));
  private final DayRows codec =
      new DayRows(KEYS, type.createSerializer(new SerializerConfigImpl()));

  @Test
  void sortsByDayEntityAndTime() throws IOException {
    for (int pages : new int[] {1, 3, 50}) {
      List<OfflineRow> rows = Stream.generate(this::row).limit(5000).toList();

      assertThat(texts(drained(rows, pages)))
          .as("seed %d, %d pages", SEED, pages)
          .isEqualTo(
              texts(
                  rows.stream()
                      .sorted(
                          Comparator.comparingLong(
                                  (OfflineRow row) -> Math.floorDiv(row.eventTimestamp(), DAY))
                              .thenComparing(row -> (String) row.key()[0])
                              .thenComparing(row -> (Long) row.key()[1])
                              .thenComparing(OfflineRow::eventTimestamp))
                      .toList()));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void nothingComesOfNothing() throws IOException {
    assertThat(drained(List.of(), 1)).isEmpty();
  }

  /** Its parts may come in any order of entities, but all of them do. */
  @Test
  void aLargeDayIsSortedInParts() throws IOException {
    String text = "x".repeat(PAGE);
    List<OfflineRow> rows =
        IntStream.range(0, 2 * DayRuns.SORTED_BYTES / PAGE)
            .mapToObj(
                i -> new OfflineRow(new Object[] {"k", -(long) i}, i, 0, new Object[] {1.0, text}))
            .toList();

    List<OfflineRow> drained = drained(rows, 20);

    assertThat(drained.stream().map(OfflineRow::eventTimestamp))
        .containsExactlyInAnyOrderElementsOf(
            rows.stream().map(OfflineRow::eventTimestamp).toList());
    assertThat(drained.get(0).eventTimestamp()).isBetween(4000L, 4096L);
  }

  @Test
  void aRowThatIsLargerThanTheMemorySaysSo() throws IOException {
    OfflineRow large =
        new OfflineRow(new Object[] {"k", 1L}, 0, 0, new Object[] {1.0, "x".repeat(3 * PAGE)});
    try (DayRuns runs = runs(2)) {
      runs.add(codec.encode(row()));

      assertThatThrownBy(() -> runs.add(codec.encode(large)))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "found a row of \\d+ bytes, and memory for 8192: raise taskmanager.memory.managed.size");
    }
  }

  private List<OfflineRow> drained(List<OfflineRow> rows, int pages) throws IOException {
    List<OfflineRow> drained = new ArrayList<>();
    try (DayRuns runs = runs(pages)) {
      for (OfflineRow row : rows) {
        runs.add(codec.encode(row));
      }
      runs.drain(bytes -> drained.add(codec.decode(bytes)));
    }
    return drained;
  }

  private DayRuns runs(int pages) throws IOException {
    List<MemorySegment> memory =
        Stream.generate(() -> MemorySegmentFactory.allocateUnpooledSegment(PAGE))
            .limit(pages)
            .toList();
    Path file = folder.resolve("runs");
    Files.deleteIfExists(file);
    return new DayRuns(memory, PAGE, file);
  }

  /** No two have the same order: which one comes first would not be known. */
  private OfflineRow row() {
    long time = (random.nextInt(9) - 4) * DAY + random.nextInt((int) DAY);
    String name = "\u0000a".repeat(random.nextInt(3)) + random.nextInt(4);
    return new OfflineRow(
        new Object[] {name, random.nextLong() >> random.nextInt(64)},
        time,
        random.nextInt(),
        new Object[] {
          random.nextDouble(),
          random.nextBoolean() ? null : "\ud83d\ude00".repeat(random.nextInt(30))
        });
  }

  private static List<String> texts(List<OfflineRow> rows) {
    return rows.stream()
        .map(
            row ->
                "%s %d %d %s"
                    .formatted(
                        List.of(row.key()),
                        row.eventTimestamp(),
                        row.createdTimestamp(),
                        Arrays.asList(row.values())))
        .toList();
  }
}
