// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.jobs.source.SampleValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the values of a column of a sample have in common. Not thread-safe. */
final class ColumnProfile {
  /** Ways to write an instant beside ISO-8601; of texts that fit two of them nobody knows which. */
  private static final List<String> TIME_FORMATS =
      List.of(
          "M/d/yyyy H:mm",
          "d/M/yyyy H:mm",
          "M/d/yyyy H:mm:ss",
          "d/M/yyyy H:mm:ss",
          "d.M.yyyy H:mm",
          "d.M.yyyy H:mm:ss",
          "yyyy/M/d H:mm",
          "yyyy/M/d H:mm:ss");

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,2})?");
  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final Map<String, DateTimeFormatter> FORMATTERS = formatters();

  private final String name;
  private final List<String> formats = new ArrayList<>(TIME_FORMATS);
  private @Nullable Set<String> seen = new HashSet<>();
  private long values;
  private long nulls;
  private boolean bool = true;
  private boolean whole = true;
  private boolean number = true;
  private boolean instant = true;
  private boolean nested;
  private long newest = Long.MIN_VALUE;
  private long disorder;

  ColumnProfile(String name) {
    this.name = name;
  }

  void add(@Nullable SampleValue value) {
    if (value == null) {
      nulls++;
      return;
    }
    values++;
    nested |= value.kind() == SampleValue.Kind.NESTED;
    String text = value.text().strip();
    boolean mayBeNumber =
        value.kind() == SampleValue.Kind.CELL || value.kind() == SampleValue.Kind.NUMBER;
    bool =
        bool
            && value.kind() != SampleValue.Kind.STRING
            && (text.equals("true") || text.equals("false"));
    whole = whole && mayBeNumber && WHOLE.matcher(text).matches();
    number = number && mayBeNumber && NUMBER.matcher(text).matches();
    instant = instant && value.isInstant();
    boolean isText =
        value.kind() == SampleValue.Kind.CELL || value.kind() == SampleValue.Kind.STRING;
    formats.removeIf(format -> !isText || parse(format, text) == null);
    if (seen != null && !seen.add(text)) {
      seen = null;
    }
    if (instant) {
      order(iso(text));
    } else if (formats.size() == 1) {
      order(parse(formats.get(0), text));
    }
  }

  /** Whether an array or an object was seen in it. */
  boolean isNested() {
    return nested;
  }

  /**
   * The field.
   *
   * @param records how many there were
   */
  DraftField field(long records) {
    boolean nullable = nulls > 0 || values < records || values == 0;
    return new DraftField(
        name,
        type(),
        nullable,
        seen != null && values > 1,
        values > 0 && type().equals(ValueType.STRING) ? formats : List.of(),
        disorder);
  }

  private ValueType type() {
    if (values == 0) {
      return ValueType.STRING;
    }
    if (bool) {
      return ValueType.BOOL;
    }
    if (whole) {
      return ValueType.INT64;
    }
    if (number) {
      return ValueType.DOUBLE;
    }
    return instant ? ValueType.TIMESTAMP : ValueType.STRING;
  }

  private void order(@Nullable Long millis) {
    if (millis != null) {
      disorder = Math.max(disorder, newest == Long.MIN_VALUE ? 0 : newest - millis);
      newest = Math.max(newest, millis);
    }
  }

  private static @Nullable Long iso(String text) {
    try {
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime time
          ? (Long) time.toInstant().toEpochMilli()
          : (Long) LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Long parse(String format, String text) {
    try {
      DateTimeFormatter formatter = requireNonNull(FORMATTERS.get(format));
      return LocalDateTime.parse(text, formatter).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** As sources read them: strictly, with a year that needs no era. */
  private static Map<String, DateTimeFormatter> formatters() {
    Map<String, DateTimeFormatter> formatters = new HashMap<>();
    for (String format : TIME_FORMATS) {
      formatters.put(
          format,
          DateTimeFormatter.ofPattern(format.replace('y', 'u'), Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));
    }
    return formatters;
  }
}
