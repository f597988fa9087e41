// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Records that are lines: CSV behind a header line, or JSON objects. Not thread-safe. */
final class TextRecords implements EventRecords {
  private final RecordCutter records;
  private final RowDecoder rows;
  private byte @Nullable [] record;

  private TextRecords(RecordCutter records, RowDecoder rows) {
    this.records = records;
    this.rows = rows;
  }

  /**
   * CSV.
   *
   * @throws IllegalArgumentException if there is no header, or it lacks columns
   */
  static TextRecords csv(EventSource source, InputStream file) throws IOException {
    RecordCutter records = new RecordCutter(file, true);
    byte[] first = records.next();
    if (first == null) {
      throw new IllegalArgumentException("the file is empty, expected a header line");
    }
    CsvHeader header = CsvHeader.parse(first);
    header.requireColumnsOf(source);
    return new TextRecords(records, new CsvRowDecoder(source.fields(), header));
  }

  /** A JSON object a line. */
  static TextRecords jsonLines(EventSource source, InputStream file) throws IOException {
    return new TextRecords(new RecordCutter(file, false), new JsonRowDecoder(source.fields()));
  }

  @Override
  public boolean next() throws IOException {
    record = records.next();
    return record != null;
  }

  @Override
  public long place() {
    return records.line();
  }

  @Override
  @SuppressWarnings("NullAway") // there is a record, or the caller is wrong
  public @Nullable Object[] row() throws RejectedException {
    return rows.decode(record);
  }

  @Override
  public byte @Nullable [] bytes() {
    return record;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
