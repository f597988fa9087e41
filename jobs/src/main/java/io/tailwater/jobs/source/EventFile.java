// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open file of events, read from its beginning to its end. Positions are {@code file:line}, with
 * the file's name and not its folder, so that the file is the same one wherever it lies. Not
 * thread-safe.
 */
final class EventFile implements Closeable {
  private static final int GZIP_BUFFER = 1 << 16;

  private final String name;
  private final RecordCutter records;
  private final EventDecoder decoder;

  private EventFile(String name, RecordCutter records, EventDecoder decoder) {
    this.name = name;
    this.records = records;
    this.decoder = decoder;
  }

  /**
   * Opens a file of {@code source}'s events.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file
   */
  static EventFile open(EventSource source, FileLocation location) throws IOException {
    FileFormat format = FileFormat.of(location.path());
    Path path = new Path(location.path());
    RecordCutter records =
        new RecordCutter(openStream(path, location.path()), format == FileFormat.CSV);
    try {
      RowDecoder rows = rowDecoder(source, format, records);
      return new EventFile(path.getName(), records, new EventDecoder(source, rows));
    } catch (IOException | IllegalArgumentException e) {
      records.close();
      throw e;
    }
  }

  /** Throws what {@link #open} throws. */
  static void check(EventSource source, FileLocation location) throws IOException {
    open(source, location).close();
  }

  /** The next event, decoded or refused; null at the end of the file. */
  @Nullable SourceEvent next() throws IOException {
    byte[] record = records.next();
    return record == null ? null : decoder.decode(name + ":" + records.line(), null, record);
  }

  /** Passes over events that were read before. */
  void skip(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      if (records.next() == null) {
        throw new IOException(
            "file '%s' has fewer than the %d records that were already read of it"
                .formatted(name, count));
      }
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private static InputStream openStream(Path path, String name) throws IOException {
    InputStream stream = path.getFileSystem().open(path);
    if (!FileFormat.isGzipped(name)) {
      return stream;
    }
    try {
      return new GZIPInputStream(stream, GZIP_BUFFER);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private static RowDecoder rowDecoder(EventSource source, FileFormat format, RecordCutter records)
      throws IOException {
    if (format == FileFormat.JSON_LINES) {
      return new JsonRowDecoder(source.fields());
    }
    byte[] first = records.next();
    if (first == null) {
      throw new IllegalArgumentException("the file is empty, expected a header line");
    }
    CsvHeader header = CsvHeader.parse(first);
    header.requireColumnsOf(source);
    return new CsvRowDecoder(source.fields(), header);
  }
}
