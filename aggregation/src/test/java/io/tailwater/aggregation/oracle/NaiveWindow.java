// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.Window.Calendar.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.LongPredicate;

/**
 * Which events a window holds, by the two ends that define it at each instant; when an event enters
 * and leaves is searched for, not computed. Of the production class only the parameters are read.
 */
final class NaiveWindow {
  /** Longer than any calendar period with whatever a zone's rules add. */
  private static final long CALENDAR_REACH = 40L * 24 * 60 * 60 * 1000;

  private final Window window;

  NaiveWindow(Window window) {
    this.window = window;
  }

  /** The first instant at which an event of {@code time} is in the window. */
  long enters(long time) {
    return first(time, reach(time), instant -> upper(instant) >= time);
  }

  /** The first instant at which it is no longer; {@link Long#MAX_VALUE} if it stays for ever. */
  long leaves(long time) {
    return window instanceof Window.Lifetime
        ? Long.MAX_VALUE
        : first(time, reach(time), instant -> lower(instant) > time);
  }

  /** The time of the oldest event that the window can hold at an instant. */
  long lower(long instant) {
    if (window instanceof Window.Sliding sliding) {
      long hop = sliding.hopMillis();
      long floor = Math.floorDiv(instant, hop) * hop;
      return floor - sliding.offsetMillis() - sliding.lengthMillis();
    }
    return window instanceof Window.Calendar calendar
        ? startOfPeriod(calendar.period(), calendar.zone(), instant)
        : Long.MIN_VALUE;
  }

  /** The time of the newest one. */
  long upper(long instant) {
    return window instanceof Window.Sliding sliding ? instant - sliding.offsetMillis() : instant;
  }

  /** An instant at which an event of {@code time} has left, or at least has entered. */
  private long reach(long time) {
    if (window instanceof Window.Sliding sliding) {
      return time + sliding.lengthMillis() + sliding.offsetMillis() + sliding.hopMillis() + 1;
    }
    return time + CALENDAR_REACH;
  }

  /** The first instant of a range with a property that all later ones have too. */
  private static long first(long from, long to, LongPredicate property) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (property.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long startOfPeriod(Period period, ZoneId zone, long instant) {
    LocalDate day = day(zone, instant);
    while (period == Period.WEEK && day.getDayOfWeek() != DayOfWeek.MONDAY) {
      day = day.minusDays(1);
    }
    return startOfDay(
        zone, period == Period.MONTH ? LocalDate.of(day.getYear(), day.getMonth(), 1) : day);
  }

  /**
   * The local day that an instant belongs to. Where clocks go back across midnight, the new day has
   * begun when they first show it, and it does not end by their showing the old one once more.
   */
  private static LocalDate day(ZoneId zone, long instant) {
    LocalDate shown = LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone);
    LocalDate next = shown.plusDays(1);
    return startOfDay(zone, next) <= instant ? next : shown;
  }

  /** The first instant at which clocks show midnight, or, where they skip it, what follows. */
  private static long startOfDay(ZoneId zone, LocalDate day) {
    LocalDateTime midnight =
        LocalDateTime.of(day.getYear(), day.getMonth(), day.getDayOfMonth(), 0, 0);
    ZoneOffsetTransition transition = zone.getRules().getTransition(midnight);
    if (transition != null && transition.isGap()) {
      return transition.getInstant().toEpochMilli();
    }
    ZoneOffset offset =
        transition == null ? zone.getRules().getOffset(midnight) : transition.getOffsetBefore();
    return midnight.toInstant(offset).toEpochMilli();
  }
}
