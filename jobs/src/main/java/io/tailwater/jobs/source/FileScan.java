// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.util.OptionalLong;

/** A first pass over a file, before anything is written: a bounded run's end instant. */
public final class FileScan {
  private FileScan() {}

  /**
   * The newest event time of the file's events, milliseconds since the epoch; refused events and
   * those further beyond the clock than {@code max_ahead} do not count. Empty if none counts.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file, naming
   *     the columns that are missing
   */
  public static OptionalLong newestEventTime(
      EventSource source, FileLocation location, EventClock clock) throws IOException {
    requireNonNull(source, "source is null");
    requireNonNull(clock, "clock is null");
    long latest = clock.millis() + source.watermark().maxAheadMillis();
    long newest = Long.MIN_VALUE;
    try (EventFile file = EventFile.open(source, location)) {
      for (SourceEvent event = file.next(); event != null; event = file.next()) {
        if (event.row() != null && event.eventTime() <= latest) {
          newest = Math.max(newest, event.eventTime());
        }
      }
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }
}
