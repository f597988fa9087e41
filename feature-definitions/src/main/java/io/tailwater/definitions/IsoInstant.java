// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Instants as cases write them, in UTC unless they have an offset. */
final class IsoInstant {
  /** What to write. */
  static final String EXPECTED = "an instant like 2026-03-01T10:00:00Z or 2026-03-01, in UTC";

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter();

  private IsoInstant() {}

  /**
   * Milliseconds since the epoch, finer parts floored.
   *
   * @throws IllegalArgumentException if the text is no instant
   */
  static Long parse(String text) {
    try {
      TemporalAccessor parsed =
          FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
      }
      LocalDateTime local =
          parsed instanceof LocalDateTime time ? time : LocalDate.from(parsed).atStartOfDay();
      return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no instant: " + text, e);
    }
  }
}
