// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.jobs.source.CsvTable;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/**
 * Instants as text: ISO-8601, a date with an optional time and an optional offset; UTC without one.
 * What most files have is read without Java's slow formatters.
 */
final class LabelInstant {
  private static final int DATE = 10;
  private static final int MINUTES = 16;
  private static final int SECONDS = 19;
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
  private static final int NONE = -1;

  private LabelInstant() {}

  /**
   * Milliseconds since the epoch, floored.
   *
   * @throws BadLabelException if the text is no instant
   */
  static long parse(String text) throws BadLabelException {
    String stripped = text.strip();
    long quick = quick(stripped);
    if (quick != Long.MIN_VALUE) {
      return quick;
    }
    Long millis = CsvTable.instant(stripped);
    if (millis == null) {
      throw new BadLabelException(
          "column '%s': found '%s', expected an instant in ISO-8601, as in 2026-01-15, 2026-01-15 10:30:00 or 2026-01-15T10:30:00.250+01:00"
              .formatted(Labels.EVENT_TIMESTAMP, text));
    }
    return millis;
  }

  /** Whether a text that is an instant has no offset. */
  static boolean isZoneless(String text) {
    String stripped = text.strip();
    for (int i = DATE; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c == 'Z' || c == 'z' || c == '+' || c == '-') {
        return false;
      }
    }
    return true;
  }

  /** Dates, and times to the second or millisecond in UTC; else {@link Long#MIN_VALUE}. */
  private static long quick(String text) {
    int length = text.length();
    if (length < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Long.MIN_VALUE;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, DATE);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28) {
      // Days that not every month has are left to Java.
      return Long.MIN_VALUE;
    }
    long date = LocalDate.of(year, month, day).toEpochDay() * DAY_MS;
    return length == DATE ? date : withTime(text, date);
  }

  private static long withTime(String text, long date) {
    int end = text.endsWith("Z") ? text.length() - 1 : text.length();
    boolean shaped =
        (end == SECONDS || (end == SECONDS + 4 && text.charAt(SECONDS) == '.'))
            && (text.charAt(DATE) == 'T' || text.charAt(DATE) == ' ')
            && text.charAt(13) == ':'
            && text.charAt(MINUTES) == ':';
    if (!shaped) {
      return Long.MIN_VALUE;
    }
    int hour = digits(text, DATE + 1, 13);
    int minute = digits(text, 14, MINUTES);
    int second = digits(text, MINUTES + 1, SECONDS);
    int millis = end == SECONDS ? 0 : digits(text, SECONDS + 1, end);
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid && millis >= 0
        ? date + ((hour * 60L + minute) * 60 + second) * 1000 + millis
        : Long.MIN_VALUE;
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
