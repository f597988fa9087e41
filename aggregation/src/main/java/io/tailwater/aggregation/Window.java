// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * Which of an entity's events an aggregate sees: at instant t those with event time in [{@link
 * #lowerEnd}(t), {@link #upperEnd}(t)], both ends included. All instants and times are milliseconds
 * since the epoch; {@link Long#MIN_VALUE} stands for before, {@link Long#MAX_VALUE} for after
 * everything.
 *
 * <p>Both ends only move forward, so each event enters once and leaves at most once.
 */
public sealed interface Window extends Serializable {
  /** The sliding window [t − length, t]. */
  static Window sliding(long lengthMillis) {
    return new Sliding(lengthMillis, 0, 1);
  }

  /** The time of the oldest event that the window can hold at {@code instant}. */
  long lowerEnd(long instant);

  /** The time of the newest event that the window can hold at {@code instant}. */
  long upperEnd(long instant);

  /** The first instant at which an event of {@code time} is in the window. */
  long enters(long time);

  /** The first instant at which it is not any more; {@link Long#MAX_VALUE} if it stays for ever. */
  long leaves(long time);

  /**
   * A window of a fixed length: [⌊t⌋ − offset − length, t − offset], where ⌊t⌋ is t rounded down to
   * whole hops since the epoch.
   *
   * @param lengthMillis its length, positive
   * @param offsetMillis how far it lags behind, not negative
   * @param hopMillis how coarsely events leave: 1 is exact; positive
   */
  record Sliding(long lengthMillis, long offsetMillis, long hopMillis) implements Window {
    public Sliding {
      if (lengthMillis <= 0) {
        throw new IllegalArgumentException(
            "window length %d ms is not positive".formatted(lengthMillis));
      }
      if (offsetMillis < 0) {
        throw new IllegalArgumentException(
            "window offset %d ms is negative".formatted(offsetMillis));
      }
      if (hopMillis <= 0) {
        throw new IllegalArgumentException("expiry of %d ms is not positive".formatted(hopMillis));
      }
      Math.addExact(Math.addExact(lengthMillis, offsetMillis), hopMillis);
    }

    @Override
    public long lowerEnd(long instant) {
      if (instant == Long.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      long reach = lengthMillis + offsetMillis;
      long floor = hopMillis == 1 ? instant : instant - Math.floorMod(instant, hopMillis);
      // A floor below the least long has wrapped around to a large one.
      return floor > instant || floor < Long.MIN_VALUE + reach ? Long.MIN_VALUE : floor - reach;
    }

    @Override
    public long upperEnd(long instant) {
      if (instant == Long.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      return instant < Long.MIN_VALUE + offsetMillis ? Long.MIN_VALUE : instant - offsetMillis;
    }

    @Override
    public long enters(long time) {
      return time > Long.MAX_VALUE - offsetMillis ? Long.MAX_VALUE : time + offsetMillis;
    }

    @Override
    public long leaves(long time) {
      long reach = lengthMillis + offsetMillis;
      if (time >= Long.MAX_VALUE - reach - hopMillis) {
        return Long.MAX_VALUE;
      }
      long last = time + reach;
      return hopMillis == 1 ? last + 1 : last - Math.floorMod(last, hopMillis) + hopMillis;
    }

    @Override
    public String toString() {
      return "[t-%d ms, t-%d ms]".formatted(lengthMillis + offsetMillis, offsetMillis)
          + (hopMillis == 1 ? "" : " by %d ms".formatted(hopMillis));
    }
  }

  /**
   * The running calendar period: [start of t's local day, week or month, t].
   *
   * @param period which
   * @param zone where; days in it may have 23 or 25 hours
   */
  record Calendar(Period period, ZoneId zone) implements Window {
    /** The kinds of periods. */
    public enum Period {
      DAY,
      /** From Monday, as in ISO 8601. */
      WEEK,
      MONTH
    }

    /** Of instants beyond some 30,000 years from the epoch no calendar says anything. */
    private static final long FAR = 1_000_000_000_000_000L;

    public Calendar {
      requireNonNull(period, "period is null");
      requireNonNull(zone, "zone is null");
    }

    @Override
    public long lowerEnd(long instant) {
      if (instant < -FAR) {
        return Long.MIN_VALUE;
      }
      return instant > FAR ? instant : startOf(firstDay(instant));
    }

    @Override
    public long upperEnd(long instant) {
      return instant;
    }

    @Override
    public long enters(long time) {
      return time;
    }

    @Override
    public long leaves(long time) {
      if (time < -FAR) {
        return time + 1;
      }
      if (time > FAR) {
        return Long.MAX_VALUE;
      }
      LocalDate first = firstDay(time);
      return startOf(
          switch (period) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
          });
    }

    private LocalDate firstDay(long instant) {
      LocalDate day = day(instant);
      return switch (period) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    /**
     * The local day of an instant. Where clocks go back over midnight they show the old day once
     * more, but it has ended: a window that went back with them would take in again what had left.
     */
    private LocalDate day(long instant) {
      LocalDate shown = Instant.ofEpochMilli(instant).atZone(zone).toLocalDate();
      LocalDate next = shown.plusDays(1);
      return startOf(next) <= instant ? next : shown;
    }

    /** The first instant of the day, which in some zones and years is not midnight. */
    private long startOf(LocalDate day) {
      return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @Override
    public String toString() {
      return period.name().toLowerCase(Locale.ROOT) + " in " + zone;
    }
  }

  /** All events up to t. */
  record Lifetime() implements Window {
    @Override
    public long lowerEnd(long instant) {
      return Long.MIN_VALUE;
    }

    @Override
    public long upperEnd(long instant) {
      return instant;
    }

    @Override
    public long enters(long time) {
      return time;
    }

    @Override
    public long leaves(long time) {
      return Long.MAX_VALUE;
    }

    @Override
    public String toString() {
      return "lifetime";
    }
  }
}
