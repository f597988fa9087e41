// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header line, read like a file of events (RFC 4180, UTF-8) but by column: for
 * what is not events. Not thread-safe.
 */
public final class CsvTable implements Closeable {
  private final RecordCutter records;
  private final CsvCells cells = new CsvCells();
  private final byte[] header;
  private final List<String> columns;
  private byte[] record = {};

  private CsvTable(RecordCutter records, byte[] header) {
    this.records = records;
    this.header = header;
    this.columns = CsvHeader.parse(header).columns();
  }

  /**
   * Reads the header. Closing the table closes {@code in}.
   *
   * @throws IllegalArgumentException if there is none, or it does not decode
   */
  public static CsvTable open(InputStream in) throws IOException {
    RecordCutter records = new RecordCutter(in, true);
    byte[] header = records.next();
    if (header == null) {
      throw new IllegalArgumentException("the file is empty, expected a header line");
    }
    return new CsvTable(records, header);
  }

  /** The names in the header, in order. */
  public List<String> columns() {
    return columns;
  }

  /** The header's own bytes, without the line end. */
  public byte[] header() {
    return header.clone();
  }

  /** Goes to the next record that is not blank; false at the end. */
  public boolean next() throws IOException {
    byte[] read = records.next();
    if (read == null) {
      return false;
    }
    record = read;
    return true;
  }

  /**
   * Finds the cells of the record.
   *
   * @throws IllegalArgumentException if it is no CSV, or of more or fewer cells than the header
   */
  public void split() {
    try {
      cells.split(record);
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (cells.count() != columns.size()) {
      throw new IllegalArgumentException(
          "found %d cells, expected %d as in the header".formatted(cells.count(), columns.size()));
    }
  }

  /** The line at which the record begins; the file's first line is 1. */
  public long line() {
    return records.line();
  }

  /** The record's own bytes, without the line end; not to be changed. */
  public byte[] record() {
    return record;
  }

  /** Whether a cell of the record that was split holds nothing. */
  public boolean isEmpty(int column) {
    return cells.isEmpty(column);
  }

  /**
   * The text of a cell of the record that was split.
   *
   * @throws IllegalArgumentException if it is not UTF-8
   */
  public String text(int column) {
    try {
      return cells.text(column);
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * A cell's text as a value of a scalar type.
   *
   * @throws IllegalArgumentException if it is none, saying what was found and expected
   */
  public static Object value(String text, ValueType type) {
    Violations violations = new Violations();
    Object value = TextValues.parse(text, type, violations);
    if (value == null) {
      throw new IllegalArgumentException(
          "found %s, expected %s".formatted(Violations.quoted(text), type));
    }
    return value;
  }

  /**
   * An instant in ISO-8601; UTC where it has no offset.
   *
   * @return milliseconds since the epoch, floored; null if the text is no such instant
   */
  public static @Nullable Long instant(String text) {
    return IsoInstants.parse(text);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
