// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.RowDataConverter;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's rows, which come day by day, with the file of one day open at a time. Rows in
 * another order would be written too, into more files.
 */
final class SortedDaysWriter implements CommittingSinkWriter<OfflineRow, NewFiles> {
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private final RowDataConverter converter;
  private final TaskWriterFactory<RowData> files;
  private final ReplaceRun run;
  private List<DataFile> complete = new ArrayList<>();
  private @Nullable TaskWriter<RowData> open;
  private long day;

  /**
   * @param files makes Iceberg's writers; initialized
   */
  SortedDaysWriter(RowDataConverter converter, TaskWriterFactory<RowData> files, ReplaceRun run) {
    this.converter = converter;
    this.files = files;
    this.run = run;
  }

  @Override
  public void write(OfflineRow row, Context context) throws IOException {
    if (!run.range().contains(row.eventTimestamp())) {
      throw new IllegalStateException(
          "a row of %s, out of the range that is replaced, %d to %d"
              .formatted(
                  Instant.ofEpochMilli(row.eventTimestamp()),
                  run.range().from(),
                  run.range().to()));
    }
    writer(Math.floorDiv(row.eventTimestamp(), DAY_MS)).write(converter.convert(created(row)));
  }

  private OfflineRow created(OfflineRow row) {
    return new OfflineRow(row.key(), row.eventTimestamp(), run.createdTimestamp(), row.values());
  }

  private TaskWriter<RowData> writer(long newDay) throws IOException {
    if (open != null && day == newDay) {
      return open;
    }
    completeDay();
    day = newDay;
    open = files.create();
    return open;
  }

  private void completeDay() throws IOException {
    if (open != null) {
      complete.addAll(List.of(open.complete().dataFiles()));
      open = null;
    }
  }

  /** Nothing to do: what is open is completed by {@link #prepareCommit}, which always follows. */
  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public Collection<NewFiles> prepareCommit() throws IOException {
    completeDay();
    NewFiles all = new NewFiles(complete);
    complete = new ArrayList<>();
    return List.of(all);
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.abort();
      open = null;
    }
  }
}
