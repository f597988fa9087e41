// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Instants in ISO-8601: a date, optionally a time behind a {@code T} or a blank, optionally an
 * offset. Without a time it is midnight; finer than a millisecond is floored.
 */
final class IsoInstants {
  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final DateTimeFormatter WITH_T = formatter('T');
  private static final DateTimeFormatter WITH_BLANK = formatter(' ');
  private static final InstantText IN_UTC = text(ZoneOffset.UTC.getId());

  private IsoInstants() {}

  /** Milliseconds since the epoch, in UTC unless the text has an offset; null if it is no date. */
  static @Nullable Long parse(String text) {
    return IN_UTC.parse(text);
  }

  /** Texts that are in {@code zone} unless they have an offset. */
  static InstantText text(String zone) {
    return new InstantText(
        text ->
            text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ' ? WITH_BLANK : WITH_T,
        zone);
  }

  private static DateTimeFormatter formatter(char separator) {
    return new DateTimeFormatterBuilder()
        .append(ISO_LOCAL_DATE)
        .optionalStart()
        .appendLiteral(separator)
        .append(ISO_LOCAL_TIME)
        .optionalStart()
        .appendOffsetId()
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
