// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;

/**
 * Writes rows into the file of their day, in bounded memory whatever the order of the days.
 *
 * <p>Iceberg's own writer keeps a file open for each day that it met since the last checkpoint, and
 * an open Parquet file holds 0.5 to 2.4 MB before the first row, by the page size (measured with
 * twelve columns), and up to a row group later: a replay of two years does not fit into 2 GB. Here
 * few files are open. Rows of other days wait in memory; when too many wait, the day with most of
 * them gets a file, and the open day that was idle for longest is closed. So files hold many rows
 * even where each entity's rows come with all their days, entity by entity. Files become part of
 * the table with the checkpoint, whenever closed.
 *
 * @param <T> the rows
 */
final class DayFilesWriter<T> implements CommittingSinkWriter<T, WriteResult> {
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private final RowFormat<T> format;
  private final OpenDays open;
  private final WaitingRows<T> waiting;

  /**
   * @param files makes Iceberg's writers; initialized
   * @param maxOpenDays at least 1
   * @param maxWaitingRows at least 1
   */
  DayFilesWriter(
      RowFormat<T> format, TaskWriterFactory<RowData> files, int maxOpenDays, int maxWaitingRows) {
    this.format = format;
    this.open = new OpenDays(files, maxOpenDays);
    this.waiting = new WaitingRows<>(maxWaitingRows);
  }

  @Override
  public void write(T row, Context context) throws IOException {
    long day = Math.floorDiv(format.eventTimestamp(row), DAY_MS);
    TaskWriter<RowData> writer = open.writerIfRoom(day);
    if (writer != null) {
      writer.write(format.convert(row));
      return;
    }
    waiting.add(day, row);
    if (waiting.isFull()) {
      writeLargestWaitingDay();
    }
  }

  private void writeLargestWaitingDay() throws IOException {
    long day = waiting.largestDay();
    TaskWriter<RowData> writer = open.writer(day);
    for (T row : waiting.remove(day)) {
      writer.write(format.convert(row));
    }
  }

  /** Nothing to do: what is buffered goes with {@link #prepareCommit}, which always follows. */
  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public Collection<WriteResult> prepareCommit() throws IOException {
    while (!waiting.isEmpty()) {
      writeLargestWaitingDay();
    }
    return List.of(open.complete());
  }

  @Override
  public void close() throws IOException {
    open.abort();
  }
}
