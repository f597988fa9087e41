// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.random;

import io.tailwater.aggregation.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;

/**
 * How coarse the times of a random case are, and where they lie: by milliseconds, or by parts of an
 * hour around a real switch of a zone's clocks.
 *
 * @param unit in which lengths and gaps are drawn, in milliseconds
 * @param base about where the events begin
 * @param zone that of the calendar windows, and of the midnights to which times are truncated
 */
public record TimeScale(long unit, long base, ZoneId zone) {
  private static final long MINUTE = 60_000;
  private static final int LONGEST = 60;

  /** Among them days of 23 and 25 hours, skipped midnights and days, and switches over midnight. */
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Lisbon"),
          ZoneId.of("America/New_York"),
          ZoneId.of("America/Sao_Paulo"),
          ZoneId.of("America/St_Johns"),
          ZoneId.of("America/Havana"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("Asia/Beirut"),
          ZoneId.of("Pacific/Apia"));

  public static TimeScale next(Random random) {
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    if (random.nextInt(5) < 3) {
      return new TimeScale(1, random.nextInt(3) * 1000L - 1000, zone);
    }
    long unit = (1 + random.nextInt(60)) * MINUTE;
    long base = clockSwitch(random, zone) - random.nextInt(100) * unit - random.nextInt(2);
    return new TimeScale(unit, base, zone);
  }

  private static long clockSwitch(Random random, ZoneId zone) {
    Instant about = Instant.parse("2006-01-01T00:00:00Z").plusSeconds(random.nextInt(600_000_000));
    ZoneOffsetTransition next = zone.getRules().nextTransition(about);
    return (next == null ? about : next.getInstant()).toEpochMilli();
  }

  public boolean hasCalendar() {
    return unit > 1;
  }

  /** A length of up to {@value #LONGEST} units, mostly of whole ones. */
  public long length(Random random) {
    return Math.max(1, (1 + random.nextInt(LONGEST)) * unit - (random.nextInt(5) == 0 ? 1 : 0));
  }

  public Window calendar(Random random) {
    Window.Calendar.Period[] periods = Window.Calendar.Period.values();
    return new Window.Calendar(periods[random.nextInt(periods.length)], zone);
  }

  /** The local midnight of an instant's day, or the start of its unit. */
  public long truncated(long instant) {
    if (!hasCalendar()) {
      return Math.floorDiv(instant, 10) * 10;
    }
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone);
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
