// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An instant as a command line gives it: ISO-8601, a date (its first instant) or a date and time,
 * in UTC unless it has an offset.
 */
public final class InstantArgument implements ITypeConverter<Instant> {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter();

  @Override
  public Instant convert(String text) {
    try {
      TemporalAccessor parsed =
          FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      return parsed instanceof LocalDateTime time
          ? time.toInstant(ZoneOffset.UTC)
          : LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is no instant, expected one like 2026-03-01 or 2026-03-01T10:00:00Z"
              .formatted(text));
    }
  }
}
