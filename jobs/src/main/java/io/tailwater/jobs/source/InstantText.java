// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Instants as text of a format. A local time that a clock change skips counts as the one an hour
 * later, one that it repeats as the earlier. Thread-safe.
 */
final class InstantText {
  private final Function<String, DateTimeFormatter> format;
  private final ZoneId zone;

  InstantText(Function<String, DateTimeFormatter> format, String zone) {
    this.format = format;
    this.zone = ZoneId.of(zone);
  }

  /**
   * Texts of a {@link DateTimeFormatter} pattern; February 30 is refused, not bent to the 28th.
   *
   * @throws IllegalArgumentException if it is not a pattern
   */
  static InstantText ofPattern(String pattern, String zone) {
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern(withProlepticYear(pattern), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    return new InstantText(text -> formatter, zone);
  }

  /** Milliseconds since the epoch, floored; null if the text is not of the format. */
  @Nullable Long parse(String text) {
    try {
      TemporalAccessor parsed = format.apply(text).parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      if (date == null) {
        return null;
      }
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneId own = parsed.query(TemporalQueries.zone());
      return ZonedDateTime.of(
              date, time == null ? LocalTime.MIDNIGHT : time, own == null ? zone : own)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  // Strict resolution wants an era beside 'y', which nobody writes; 'u' is the year without one.
  private static String withProlepticYear(String pattern) {
    if (pattern.indexOf('G') >= 0) {
      return pattern;
    }
    StringBuilder result = new StringBuilder(pattern);
    boolean literal = false;
    for (int i = 0; i < result.length(); i++) {
      char c = result.charAt(i);
      literal ^= c == '\'';
      if (c == 'y' && !literal) {
        result.setCharAt(i, 'u');
      }
    }
    return result.toString();
  }
}
