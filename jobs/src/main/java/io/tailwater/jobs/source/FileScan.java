// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A first pass over files, before anything is written: a bounded run's end instant.
 *
 * @param events how many events there are to read, good and bad
 * @param newest the newest event time, in milliseconds since the epoch; refused events and those
 *     further beyond the clock than {@code max_ahead} do not count. Null if none counts
 */
public record FileScan(long events, @Nullable Long newest) {
  /**
   * What has been found.
   *
   * @param newest empty if no event counts
   */
  public static FileScan of(long events, OptionalLong newest) {
    return new FileScan(events, newest.isPresent() ? (Long) newest.getAsLong() : null);
  }

  /**
   * The oldest event time in files, in milliseconds since the epoch; empty if no event decodes.
   *
   * @throws IOException if a file cannot be read
   */
  public static OptionalLong oldestEventTime(EventSource source, FileLocation location)
      throws IOException {
    OptionalLong oldest = OptionalLong.empty();
    EventFiles files = EventFiles.of(location);
    for (String name : files.byName().keySet()) {
      try (EventFile file = files.open(source, name)) {
        for (SourceEvent event = file.next(); event != null; event = file.next()) {
          if (event.row() != null) {
            oldest = OptionalLong.of(Math.min(oldest.orElse(Long.MAX_VALUE), event.eventTime()));
          }
        }
      }
    }
    return oldest;
  }

  /** The newest event time, as of {@link #newest}. */
  public OptionalLong newestEventTime() {
    return newest == null ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /**
   * Reads the files.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file, naming
   *     the columns that are missing
   */
  public static FileScan of(EventSource source, FileLocation location, EventClock clock)
      throws IOException {
    requireNonNull(source, "source is null");
    requireNonNull(clock, "clock is null");
    NewestEventTime newest = new NewestEventTime(source, clock);
    long[] events = {0};
    forEach(
        source,
        location,
        event -> {
          events[0]++;
          newest.add(event);
        });
    return of(events[0], newest.get());
  }

  /**
   * Hands over each event of the files that counts, decoded or refused, in their order.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file, naming
   *     the columns that are missing
   */
  public static void forEach(
      EventSource source, FileLocation location, Consumer<SourceEvent> consumer)
      throws IOException {
    EventFiles files = EventFiles.of(location);
    for (String name : files.byName().keySet()) {
      try (EventFile file = files.open(source, name)) {
        for (SourceEvent event = file.next(); event != null; event = file.next()) {
          if (location.holds(event)) {
            consumer.accept(event);
          }
        }
      }
    }
  }
}
