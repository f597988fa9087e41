// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;

/**
 * Writes rows into the file of their day, with a bounded number of files open.
 *
 * <p>Iceberg's own writer keeps a file for each day that it met open until the next checkpoint, and
 * an open file costs memory whether or not rows come: a replay of two years is out of a heap of 2
 * GB. Here the day that was idle for longest is closed when there are too many; if rows of it come
 * again, they start another file. Files become part of the table with the next checkpoint either
 * way.
 */
final class DayFilesWriter implements CommittingSinkWriter<OfflineRow, WriteResult> {
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private final RowDataConverter converter;
  private final TaskWriterFactory<RowData> files;
  private final int maxOpenDays;
  private final Counter closedEarly;
  private final Map<Long, TaskWriter<RowData>> open = new LinkedHashMap<>(16, 0.75f, true);
  private WriteResult.Builder completed = WriteResult.builder();

  /**
   * @param files makes Iceberg's writers; initialized
   * @param maxOpenDays at least 1
   * @param closedEarly counts days closed before the checkpoint
   */
  DayFilesWriter(
      RowDataConverter converter,
      TaskWriterFactory<RowData> files,
      int maxOpenDays,
      Counter closedEarly) {
    this.converter = converter;
    this.files = files;
    this.maxOpenDays = maxOpenDays;
    this.closedEarly = closedEarly;
  }

  @Override
  public void write(OfflineRow row, Context context) throws IOException {
    writerOf(Math.floorDiv(row.eventTimestamp(), DAY_MS)).write(converter.convert(row));
  }

  private TaskWriter<RowData> writerOf(long day) throws IOException {
    TaskWriter<RowData> writer = open.get(day);
    if (writer == null) {
      if (open.size() >= maxOpenDays) {
        closeLongestIdle();
        closedEarly.inc();
      }
      writer = files.create();
      open.put(day, writer);
    }
    return writer;
  }

  private void closeLongestIdle() throws IOException {
    Iterator<TaskWriter<RowData>> writers = open.values().iterator();
    TaskWriter<RowData> longestIdle = writers.next();
    writers.remove();
    completed.add(longestIdle.complete());
  }

  /** Nothing to do: what is buffered goes with {@link #prepareCommit}, which always follows. */
  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public Collection<WriteResult> prepareCommit() throws IOException {
    while (!open.isEmpty()) {
      closeLongestIdle();
    }
    WriteResult result = completed.build();
    completed = WriteResult.builder();
    return List.of(result);
  }

  @Override
  public void close() throws IOException {
    for (TaskWriter<RowData> writer : open.values()) {
      writer.abort();
    }
    open.clear();
  }
}
