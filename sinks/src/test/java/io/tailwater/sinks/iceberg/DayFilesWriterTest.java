// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;
import org.junit.jupiter.api.Test;

class DayFilesWriterTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final FeatureView VIEW = TestViews.of("numbers");

  private final Files files = new Files();

  @Test
  void everyRowIsWrittenOnceToAFileOfItsDay() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Files made = new Files();
      DayFilesWriter<OfflineRow> writer =
          writer(made, 1 + random.nextInt(5), 1 + random.nextInt(50));
      int rows = random.nextInt(2_000);
      for (int i = 0; i < rows; i++) {
        writer.write(row(random.nextInt(40) - 20, i), null);
        if (random.nextInt(500) == 0) {
          writer.prepareCommit();
        }
      }
      writer.prepareCommit();

      assertThat(made.numbers()).as("seed %d", seed).hasSize(rows).doesNotHaveDuplicates();
      assertThat(made.all).as("seed %d", seed).allMatch(f -> f.complete && f.days.size() == 1);
    }
  }

  @Test
  void noMoreFilesAreOpenThanAllowed() throws IOException {
    DayFilesWriter<OfflineRow> writer = writer(files, 3, 10);

    for (int i = 0; i < 1_000; i++) {
      writer.write(row(i % 50, i), null);
      assertThat(files.open()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void daysInTurnDoNotMakeAFilePerRow() throws IOException {
    DayFilesWriter<OfflineRow> writer = writer(files, 8, 10_000);

    for (int i = 0; i < 100_000; i++) {
      writer.write(row(i % 400, i), null);
    }
    writer.prepareCommit();

    assertThat(files.numbers()).hasSize(100_000);
    assertThat(files.all).hasSizeLessThan(100_000 / 25);
  }

  @Test
  void oneDayMakesOneFilePerCheckpoint() throws IOException {
    DayFilesWriter<OfflineRow> writer = writer(files, 1, 1);

    for (int i = 0; i < 30; i++) {
      writer.write(row(7, i), null);
      if (i % 10 == 9) {
        writer.prepareCommit();
      }
    }

    assertThat(files.all).hasSize(3).allMatch(file -> file.numbers.size() == 10);
  }

  @Test
  void aFailedWriterLeavesNoFile() throws IOException {
    DayFilesWriter<OfflineRow> writer = writer(files, 2, 10);
    writer.write(row(1, 1), null);
    writer.write(row(2, 2), null);

    writer.close();

    assertThat(files.all).hasSize(2).allMatch(file -> file.aborted);
  }

  private static DayFilesWriter<OfflineRow> writer(
      Files files, int maxOpenDays, int maxWaitingRows) {
    RowDataConverter converter =
        RowDataConverter.of(VIEW, IcebergSchemas.schema(OfflineSchema.of(VIEW)));
    return new DayFilesWriter<>(converter, files, maxOpenDays, maxWaitingRows);
  }

  private static OfflineRow row(long day, long number) {
    return new OfflineRow(new Object[] {number}, day * DAY + number % DAY, 0, new Object[0]);
  }

  /** Files that remember what was written to them. */
  private static final class Files implements TaskWriterFactory<RowData> {
    final List<File> all = new ArrayList<>();

    @Override
    public void initialize(int taskId, int attemptId) {}

    @Override
    public TaskWriter<RowData> create() {
      File file = new File();
      all.add(file);
      return file;
    }

    long open() {
      return all.stream().filter(file -> !file.complete).count();
    }

    List<Long> numbers() {
      return all.stream().flatMap(file -> file.numbers.stream()).toList();
    }
  }

  private static final class File implements TaskWriter<RowData> {
    final List<Long> numbers = new ArrayList<>();
    final Set<Long> days = new HashSet<>();
    boolean complete;
    boolean aborted;

    @Override
    public void write(RowData row) {
      assertThat(complete).isFalse();
      numbers.add(row.getLong(0));
      days.add(Math.floorDiv(row.getTimestamp(1, 6).getMillisecond(), DAY));
    }

    @Override
    public WriteResult complete() {
      complete = true;
      return WriteResult.builder().build();
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public void close() {}
  }
}
