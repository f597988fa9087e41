// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open file of events, read from its beginning to its end. Positions are {@code file:line}, or
 * {@code file:number} where there are no lines, with the file's name as {@link EventFiles} gives
 * it, so that the file is the same one wherever it lies. Not thread-safe.
 */
final class EventFile implements Closeable {
  private final String name;
  private final EventRecords records;
  private final RowEvents events;

  private EventFile(String name, EventRecords records, RowEvents events) {
    this.name = name;
    this.records = records;
    this.events = events;
  }

  /**
   * Opens a file of {@code source}'s events.
   *
   * @param name what it is called in positions
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file, naming it
   */
  static EventFile open(EventSource source, Path path, String name) throws IOException {
    FileFormat format = FileFormat.of(path.getName()).orElseThrow();
    RowEvents events = new RowEvents(source);
    FileSystem files = path.getFileSystem();
    long length = files.getFileStatus(path).getLen();
    try {
      EventRecords records = format.open(source, path.getName(), files.open(path), length);
      return new EventFile(name, records, events);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "source '%s', file '%s': %s".formatted(source.name(), path, e.getMessage()), e);
    }
  }

  /** The next event, decoded or refused; null at the end of the file. */
  @Nullable SourceEvent next() throws IOException {
    if (!records.next()) {
      return null;
    }
    return events.event(name + ":" + records.place(), null, records.bytes(), records::row);
  }

  /** Passes over events that were read before. */
  void skip(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      if (!records.next()) {
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
}
