// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The windows of one view, each of which has count, sum and average.
 *
 * @param lengths different, in the order of the view's features
 */
record WindowSet(List<Duration> lengths) {
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,3})([dh])");

  WindowSet {
    lengths = List.copyOf(lengths);
    if (lengths.isEmpty()) {
      throw new IllegalArgumentException("no windows");
    }
  }

  /**
   * Reads days and hours, as in {@code 12h,1d,30d}.
   *
   * @throws IllegalArgumentException if that is not what is there
   */
  static WindowSet parse(String text) {
    return new WindowSet(Arrays.stream(text.split(",", -1)).map(WindowSet::length).toList());
  }

  private static Duration length(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--windows: found '%s', expected lengths as in 12h,1d,30d".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }

  Duration longest() {
    return lengths.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  int size() {
    return lengths.size();
  }

  /** As in the tables: {@code 1d+7d+30d}. */
  String label() {
    return size() > 3
        ? "%d up to %s".formatted(size(), name(longest()))
        : lengths.stream().map(WindowSet::name).collect(Collectors.joining("+"));
  }

  /** A length as in {@code 30d}. */
  static String name(Duration length) {
    long days = length.toDays();
    return Duration.ofDays(days).equals(length)
        ? "%dd".formatted(days)
        : String.format(Locale.ROOT, "%dh", length.toHours());
  }
}
