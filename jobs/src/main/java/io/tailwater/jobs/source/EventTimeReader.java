// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event's time off its row. Times outside the years 1 to 9999 are refused: no event is
 * from there, and what adds a window's length to a time cannot overflow. Not thread-safe.
 */
final class EventTimeReader {
  static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final String field;
  private final int place;
  private final InstantText format;

  // Files often hold runs of events of one second or minute.
  private @Nullable String lastText;
  private @Nullable Long lastMillis;

  EventTimeReader(EventSource source) {
    EventTime eventTime = source.eventTime();
    this.field = eventTime.field();
    this.place = source.fields().stream().map(Field::name).toList().indexOf(field);
    if (place < 0) {
      throw new IllegalArgumentException(
          "source '%s' has no field '%s' for its event time".formatted(source.name(), field));
    }
    String pattern = eventTime.format();
    this.format =
        pattern == null
            ? IsoInstants.text(eventTime.zone())
            : InstantText.ofPattern(pattern, eventTime.zone());
  }

  /**
   * The event's time, milliseconds since the epoch.
   *
   * @throws RejectedException if it is missing, not of the format or absurd
   */
  long read(@Nullable Object[] row) throws RejectedException {
    Object value = row[place];
    Long millis = value instanceof String text ? parse(text) : (Long) value;
    if (millis == null || millis < EARLIEST || millis > LATEST) {
      throw new RejectedException(
              DeadLetter.Code.BAD_EVENT_TIME,
              "found %s, expected an event time of the years 1 to 9999"
                  .formatted(value == null ? "null" : Violations.quoted(value.toString())))
          .in(field);
    }
    return millis;
  }

  private @Nullable Long parse(String text) {
    if (!text.equals(lastText)) {
      lastMillis = format.parse(text);
      lastText = text;
    }
    return lastMillis;
  }
}
