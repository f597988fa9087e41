// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as definitions write them: {@code 100ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code
 * 7d}. Thread-safe.
 */
public final class Durations {
  /** What to write, for messages. */
  public static final String EXPECTED = "a duration such as 100ms, 30s, 5m, 1h or 7d";

  /**
   * A thousand years: longer is a mistake, and sums of instants and durations stay far from
   * overflow.
   */
  private static final long MAX_MILLIS = 365_250L * 86_400_000L;

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Durations() {}

  /** The duration in milliseconds, 0 to 1,000 years; empty if the text is none. */
  public static OptionalLong parse(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit = UNITS.getOrDefault(matcher.group(2), 0L);
    long count = Long.parseLong(matcher.group(1));
    return count > MAX_MILLIS / unit ? OptionalLong.empty() : OptionalLong.of(count * unit);
  }

  /** A duration as a definition would write it. */
  public static String format(long millis) {
    return UNITS.entrySet().stream()
        .filter(unit -> millis % unit.getValue() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> millis / unit.getValue() + unit.getKey())
        .orElseThrow();
  }

  /** The value's duration in milliseconds; empty, with a problem added, if it is none. */
  static OptionalLong read(YamlValue value, long least) {
    OptionalLong millis = value.asText(EXPECTED).map(Durations::parse).orElse(OptionalLong.of(-1));
    if (millis.isEmpty()) {
      value.problem(value.describe(), EXPECTED);
      return millis;
    }
    long read = millis.getAsLong();
    if (read >= 0 && read < least) {
      value.problem(value.describe(), "a duration greater than 0");
    }
    return read < least ? OptionalLong.empty() : millis;
  }
}
