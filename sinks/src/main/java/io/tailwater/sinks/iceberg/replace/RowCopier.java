// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.DataFileWriters;
import io.tailwater.stores.offline.OfflineSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.io.TaskWriter;

/**
 * Copies rows of files into new ones, as they are, {@code created_timestamp} included. One row is
 * in memory at a time, and one file open: the files of a day go into one.
 */
final class RowCopier {
  private static final int MICROSECONDS = 6;
  private static final long MICROS_A_MILLI = 1_000;
  private static final long NANOS_A_MICRO = 1_000;

  private final Table table;
  private final TaskWriterFactory<RowData> files;
  private final RowDataFileScanTaskReader reader;
  private final int eventTimestamp;
  private final List<DataFile> written = new ArrayList<>();

  RowCopier(Table table) {
    this.table = table;
    this.files = DataFileWriters.of(table, 0, 0);
    this.reader =
        new RowDataFileScanTaskReader(
            table.schema(),
            table.schema(),
            table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
            true,
            List.of());
    this.eventTimestamp =
        FlinkSchemaUtil.convert(table.schema()).getFieldIndex(OfflineSchema.EVENT_TIMESTAMP);
  }

  /**
   * Copies what {@code wanted} wants by its event timestamp, in microseconds. Rows that were
   * deleted stay so.
   */
  void copy(List<FileScanTask> tasks, LongPredicate wanted) throws IOException {
    Map<String, List<FileScanTask>> days = new HashMap<>();
    for (FileScanTask task : tasks) {
      String day = task.spec().partitionToPath(task.file().partition());
      days.computeIfAbsent(day, newDay -> new ArrayList<>()).add(task);
    }
    for (List<FileScanTask> day : days.values()) {
      copyDay(day, wanted);
    }
  }

  private void copyDay(List<FileScanTask> tasks, LongPredicate wanted) throws IOException {
    TaskWriter<RowData> writer = files.create();
    boolean complete = false;
    try (DataIterator<RowData> rows =
        new DataIterator<>(
            reader, new BaseCombinedScanTask(tasks), table.io(), table.encryption())) {
      while (rows.hasNext()) {
        RowData row = rows.next();
        if (wanted.test(micros(row.getTimestamp(eventTimestamp, MICROSECONDS)))) {
          writer.write(row);
        }
      }
      written.addAll(List.of(writer.complete().dataFiles()));
      complete = true;
    } finally {
      if (!complete) {
        writer.abort();
      }
    }
  }

  private static long micros(TimestampData instant) {
    return instant.getMillisecond() * MICROS_A_MILLI
        + instant.getNanoOfMillisecond() / NANOS_A_MICRO;
  }

  /** The files with the copies. */
  List<DataFile> written() {
    return written;
  }

  /** Deletes the copies, which no snapshot has. */
  void discard() {
    written.forEach(file -> table.io().deleteFile(file.location()));
    written.clear();
  }
}
