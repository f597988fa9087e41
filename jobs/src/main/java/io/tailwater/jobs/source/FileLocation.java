// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

/**
 * Files of events: one, or all in a folder and the folders in it. CSV with a header line of field
 * names ({@code .csv}), a JSON object a line ({@code .jsonl}), each also gzipped ({@code .gz}),
 * Avro container files ({@code .avro}) and Parquet ({@code .parquet}). Bounded; read in the order
 * of names, and in each file's order, whatever the parallelism.
 *
 * @param path a local path, or a URI of a file system that Flink knows; readable where the job runs
 * @param from events before that time, in milliseconds since the epoch, are passed over and count
 *     nowhere; {@link Long#MIN_VALUE} for none
 */
public record FileLocation(String path, long from) implements SourceLocation {
  public FileLocation {
    requireNonNull(path, "path is null");
  }

  /** All events of the files. */
  public FileLocation(String path) {
    this(path, Long.MIN_VALUE);
  }

  /** The same, of the events from a time on. */
  public FileLocation startingAt(long time) {
    return new FileLocation(path, time);
  }

  /** Whether an event counts; a refused one always does, since nobody knows its time. */
  boolean holds(SourceEvent event) {
    return event.row() == null || event.eventTime() >= from;
  }
}
