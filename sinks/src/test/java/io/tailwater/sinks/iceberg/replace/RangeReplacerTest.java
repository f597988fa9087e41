// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static io.tailwater.sinks.iceberg.replace.OneTable.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.sinks.iceberg.FlinkRestarts;
import io.tailwater.sinks.iceberg.SnapshotWatermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeReplacerTest {
  private static final long HOUR = DAY / 24;
  private static final long START = 20_454 * DAY;

  @TempDir Path warehouse;
  private OneTable table;

  @BeforeEach
  void open() {
    table = OneTable.in(warehouse);
  }

  @AfterEach
  void close() throws IOException {
    table.close();
  }

  /** A row an hour; {@code first} of the first. */
  private static List<Row> rows(long first, long count, long number) {
    return LongStream.range(0, count)
        .mapToObj(i -> new Row(i % 3, first + i * HOUR, 1_000 + i, number + i))
        .toList();
  }

  @SafeVarargs
  private static List<Row> all(List<Row>... parts) {
    return Stream.of(parts).flatMap(List::stream).sorted(OneTable.ORDER).toList();
  }

  @Test
  void fillsAnEmptyTable() throws IOException {
    ReplaceRun run = table.run(START, START + 2 * DAY);

    table.replace(run, rows(START, 48, 0));

    assertThat(table.rows()).isEqualTo(OneTable.created(rows(START, 48, 0), run));
  }

  @Test
  void replacesPartOfADayAndKeepsTheRestOfItsFiles() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START + 6 * HOUR, START + 11 * HOUR);

    table.replace(run, rows(START + 6 * HOUR, 6, 100));

    assertThat(table.rows())
        .isEqualTo(
            all(
                rows(START, 24, 0).subList(0, 6),
                rows(START, 24, 0).subList(12, 24),
                OneTable.created(rows(START + 6 * HOUR, 6, 100), run)));
  }

  @Test
  void replacesAWeekThatBeginsAndEndsWithinDays() throws IOException {
    table.append(rows(START, 10 * 24, 0));
    ReplaceRun run = table.run(START + 30 * HOUR, START + 30 * HOUR + 7 * DAY - 1);

    table.replace(run, rows(START + 30 * HOUR, 7 * 24, 1_000));

    assertThat(table.rows())
        .isEqualTo(
            all(
                rows(START, 30, 0),
                rows(START, 240, 0).subList(30 + 7 * 24, 240),
                OneTable.created(rows(START + 30 * HOUR, 7 * 24, 1_000), run)));
  }

  @Test
  void replacesByNothing() throws IOException {
    table.append(rows(START, 24, 0));

    table.replace(table.run(START + HOUR, START + 22 * HOUR), List.of());

    assertThat(table.rows()).extracting(Row::number).containsExactly(0L, 23L);
  }

  @Test
  void oneCommitDoesItAll() throws IOException {
    table.append(rows(START, 24, 0));
    long before = table.snapshot().snapshotId();

    table.replace(table.run(START + HOUR, START + 22 * HOUR), rows(START + HOUR, 5, 50));

    assertThat(table.snapshot().parentId()).isEqualTo(before);
  }

  @Test
  void whatWasAppendedAfterItBeganStays() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START, START + DAY - 1);
    table.append(rows(START + 2 * HOUR, 3, 500));

    table.replace(run, rows(START, 24, 100), () -> appendUnchecked(rows(START + 7 * HOUR, 2, 600)));

    assertThat(table.rows())
        .isEqualTo(
            all(
                OneTable.created(rows(START, 24, 100), run),
                rows(START + 2 * HOUR, 3, 500),
                rows(START + 7 * HOUR, 2, 600)));
  }

  @Test
  void aCompactionThatMixedReplacedAndLaterRowsLosesNone() throws IOException {
    table.append(rows(START, 48, 0));
    ReplaceRun run = table.run(START + 6 * HOUR, START + 30 * HOUR);
    table.append(rows(START + 4 * HOUR, 24, 500));
    table.compact(file -> true);
    table.append(rows(START + 20 * HOUR, 4, 600));
    table.compact(file -> true);

    table.replace(run, rows(START + 6 * HOUR, 25, 1_000));

    assertThat(table.rows())
        .isEqualTo(
            all(
                rows(START, 6, 0),
                rows(START, 48, 0).subList(31, 48),
                rows(START + 4 * HOUR, 24, 500),
                rows(START + 20 * HOUR, 4, 600),
                OneTable.created(rows(START + 6 * HOUR, 25, 1_000), run)));
  }

  @Test
  void aCompactionBetweenPlanAndCommitIsPlannedAgain() throws IOException {
    table.append(rows(START, 24, 0));
    table.append(rows(START + 12 * HOUR, 12, 100));
    ReplaceRun run = table.run(START + 6 * HOUR, START + 20 * HOUR);
    List<Runnable> interruptions =
        new ArrayList<>(
            List.of(
                () -> compactUnchecked(),
                () -> {
                  appendUnchecked(rows(START + 7 * HOUR, 2, 600));
                  compactUnchecked();
                }));

    table.replace(
        run,
        rows(START + 6 * HOUR, 15, 1_000),
        () -> {
          if (!interruptions.isEmpty()) {
            interruptions.remove(0).run();
          }
        });

    assertThat(table.rows())
        .isEqualTo(
            all(
                rows(START, 6, 0),
                rows(START, 24, 0).subList(21, 24),
                rows(START + 12 * HOUR, 12, 100).subList(9, 12),
                rows(START + 7 * HOUR, 2, 600),
                OneTable.created(rows(START + 6 * HOUR, 15, 1_000), run)));
    assertThat(parquetFiles())
        .as("copies of given up plans are deleted")
        .isEqualTo(2 + 1 + 1 + 1 + 1 + 2);
  }

  /** Two appended, a compaction, one appended, a compaction, the new rows, the copies. */
  private long parquetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @Test
  void committingTwiceIsCommittingOnce() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START, START + 11 * HOUR);
    List<DataFile> files = table.write(OneTable.created(rows(START, 12, 100), run));
    table.replaceByFiles(run, files, () -> {});
    table.append(rows(START + HOUR, 1, 500));
    long before = table.snapshot().snapshotId();

    table.replaceByFiles(run, files, () -> {});

    assertThat(table.snapshot().snapshotId()).isEqualTo(before);
    assertThat(table.rows()).hasSize(12 + 12 + 1);
  }

  @Test
  void anAttemptThatWasOvertakenByAnotherOneOfTheSameRunAddsNothing() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START + DAY, START + 2 * DAY);
    List<DataFile> files = table.write(OneTable.created(rows(START + DAY, 12, 100), run));

    table.replaceByFiles(
        run,
        files,
        () -> {
          try {
            table.replaceByFiles(run, files, () -> {});
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(table.rows()).hasSize(24 + 12);
  }

  @Test
  void runsOfRangesSideBySideShareADay() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun morning = table.run(START, START + 11 * HOUR);
    ReplaceRun evening = table.run(START + 12 * HOUR, START + 20 * HOUR);

    table.replace(evening, rows(START + 12 * HOUR, 9, 200));
    table.replace(morning, rows(START, 12, 100));

    assertThat(table.rows())
        .isEqualTo(
            all(
                rows(START, 24, 0).subList(21, 24),
                OneTable.created(rows(START, 12, 100), morning),
                OneTable.created(rows(START + 12 * HOUR, 9, 200), evening)));
  }

  @Test
  void theSecondOfTwoRunsOfOneRangeAtATimeIsRefused() throws IOException {
    ReplaceRun one = table.run(START, START + DAY);
    ReplaceRun other = table.run(START + DAY, START + 2 * DAY);

    assertThatThrownBy(
            () ->
                table.replace(
                    other,
                    rows(START + DAY, 3, 200),
                    () -> replaceUnchecked(one, rows(START, 24, 100))))
        .isInstanceOf(ReplaceConflictException.class)
        .hasMessageContaining("another backfill")
        .hasMessageContaining("Run the backfill again")
        .satisfies(FlinkRestarts::areOfNoUseAfter);

    assertThat(table.rows()).isEqualTo(OneTable.created(rows(START, 24, 100), one));
    ReplaceRun again = table.run(START + DAY, START + 2 * DAY);
    table.replace(again, rows(START + DAY, 3, 200));
    assertThat(table.rows()).hasSize(27);
  }

  @Test
  void aSnapshotThatExpiredMeanwhileIsNamed() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START, START + DAY);
    table.append(rows(START, 1, 500));
    table.table().expireSnapshots().expireSnapshotId(run.snapshotId()).commit();

    assertThatThrownBy(() -> table.replace(run, rows(START, 24, 100)))
        .isInstanceOf(ReplaceConflictException.class)
        .hasMessageContaining(run.snapshotId().toString())
        .hasMessageContaining("expired");
    assertThat(table.rows()).hasSize(25);
  }

  @Test
  void rowsOfTheRangeThatAnotherProgramDeletedAreNotDecidedOn() throws IOException {
    table.append(rows(START, 24, 0));
    ReplaceRun run = table.run(START, START + 5 * HOUR);
    table.table().newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();

    assertThatThrownBy(() -> table.replace(run, rows(START, 6, 100)))
        .isInstanceOf(ReplaceConflictException.class)
        .hasMessageContaining("another program");
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void theWatermarkGoesOnOnlyWhereNoInstantIsMissing() throws IOException {
    appendWithWatermark(START + DAY);

    table.replace(table.run(START + 3 * DAY, START + 4 * DAY), List.of());
    assertThat(SnapshotWatermark.of(table.table())).hasValue(START + DAY);

    table.replace(table.run(START, START + HOUR), List.of());
    assertThat(SnapshotWatermark.of(table.table())).hasValue(START + DAY);

    table.replace(table.run(START + DAY + 1, START + 2 * DAY), List.of());
    assertThat(SnapshotWatermark.of(table.table())).hasValue(START + 2 * DAY);
  }

  @Test
  void aWatermarkThatAStreamRecordsMeanwhileIsNotSetBack() throws IOException {
    appendWithWatermark(START + DAY);

    table.replace(
        table.run(START, START + 2 * DAY),
        List.of(),
        new Runnable() {
          private boolean done;

          @Override
          public void run() {
            if (!done) {
              done = true;
              appendWithWatermark(START + 3 * DAY);
            }
          }
        });

    assertThat(SnapshotWatermark.of(table.table())).hasValue(START + 3 * DAY);
    assertThat(SnapshotUtil.currentAncestors(table.table())).hasSize(3);
  }

  private void appendWithWatermark(long watermark) {
    table.table().newAppend().set(SnapshotWatermark.PROPERTY, Long.toString(watermark)).commit();
  }

  private void appendUnchecked(List<Row> rows) {
    try {
      table.append(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compactUnchecked() {
    try {
      table.compact(file -> true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replaceUnchecked(ReplaceRun run, List<Row> rows) {
    try {
      table.replace(run, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
