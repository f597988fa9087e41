// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.Window.Calendar.Period;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Worked examples of when an event is in a window. */
class NaiveWindowTest {
  private static final long HOUR = 3_600_000;
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");

  @Test
  void slidingHoldsBothEnds() {
    NaiveWindow window = new NaiveWindow(Window.sliding(10));
    assertThat(window.lower(100)).isEqualTo(90);
    assertThat(window.upper(100)).isEqualTo(100);
    assertSpan(window, 100, 100, 111);
    assertSpan(window, -3, -3, 8);
  }

  @Test
  void laggedHoldsAnEventLater() {
    NaiveWindow window = new NaiveWindow(new Window.Sliding(10, 7, 1));
    assertThat(window.lower(100)).isEqualTo(83);
    assertThat(window.upper(100)).isEqualTo(93);
    assertSpan(window, 93, 100, 111);
  }

  @Test
  void hopsLetEventsGoAtWholeMultiples() {
    NaiveWindow window = new NaiveWindow(new Window.Sliding(10, 0, 5));
    assertThat(window.lower(104)).isEqualTo(90);
    assertThat(window.lower(105)).isEqualTo(95);
    assertSpan(window, 90, 90, 105);
    assertSpan(window, 89, 89, 100);
    assertSpan(window, 94, 94, 105);
    assertSpan(window, -11, -11, 0);
    assertSpan(window, -10, -10, 5);
  }

  @Test
  void laggedWithHopsEntersToTheMillisecondAndLeavesByHops() {
    NaiveWindow window = new NaiveWindow(new Window.Sliding(10, 3, 5));
    assertThat(window.lower(104)).isEqualTo(87);
    assertThat(window.upper(104)).isEqualTo(101);
    assertSpan(window, 87, 90, 105);
    assertSpan(window, 88, 91, 105);
    assertSpan(window, 86, 89, 100);
  }

  @Test
  void lifetimeKeepsEverything() {
    assertSpan(new NaiveWindow(new Window.Lifetime()), 5, 5, Long.MAX_VALUE);
  }

  @Test
  void daysOfSwitchesHave23And25Hours() {
    NaiveWindow day = calendar(Period.DAY, LISBON);
    long short0 = at(LISBON, "2024-03-31T00:00");
    assertSpan(day, short0, short0, short0 + 23 * HOUR);
    assertSpan(day, short0 + 23 * HOUR - 1, short0 + 23 * HOUR - 1, short0 + 23 * HOUR);
    long long0 = at(LISBON, "2024-10-27T00:00");
    assertSpan(day, long0, long0, long0 + 25 * HOUR);
    assertSpan(day, long0 - 1, long0 - 1, long0);
  }

  @Test
  void aDayWithoutMidnightBeginsAfterTheGap() {
    ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo");
    NaiveWindow day = calendar(Period.DAY, saoPaulo);
    long start = Instant.parse("2018-11-04T03:00:00Z").toEpochMilli();
    assertThat(start).as("shown as 01:00").isEqualTo(at(saoPaulo, "2018-11-04T01:00"));
    assertThat(day.lower(start)).isEqualTo(start);
    assertSpan(day, start - 1, start - 1, start);
    assertSpan(day, start, start, start + 23 * HOUR);
  }

  @Test
  void aDayThatAZoneSkipsIsNoDay() {
    ZoneId apia = ZoneId.of("Pacific/Apia");
    long thursday = at(apia, "2011-12-29T00:00");
    long saturday = at(apia, "2011-12-31T00:00");
    assertThat(saturday - thursday).isEqualTo(24 * HOUR);
    assertSpan(calendar(Period.DAY, apia), thursday, thursday, saturday);
  }

  @Test
  void aDayThatClocksShowTwiceHasEndedTheFirstTime() {
    ZoneId stJohns = ZoneId.of("America/St_Johns");
    NaiveWindow day = calendar(Period.DAY, stJohns);
    long midnight = at(stJohns, "2010-11-07T00:00");
    long shownAgain = midnight + 2 * 60_000;
    assertThat(Instant.ofEpochMilli(shownAgain).atZone(stJohns).toLocalDateTime())
        .isEqualTo(LocalDateTime.parse("2010-11-06T23:02"));
    assertThat(day.lower(shownAgain)).isEqualTo(midnight);
    assertSpan(day, midnight - 1, midnight - 1, midnight);
    assertSpan(day, midnight, midnight, midnight + 25 * HOUR);
  }

  @Test
  void weeksBeginOnMonday() {
    NaiveWindow week = calendar(Period.WEEK, LISBON);
    long monday = at(LISBON, "2024-10-21T00:00");
    long next = at(LISBON, "2024-10-28T00:00");
    assertSpan(week, monday, monday, next);
    assertSpan(week, at(LISBON, "2024-10-27T23:59"), at(LISBON, "2024-10-27T23:59"), next);
    assertThat(next - monday).isEqualTo((7 * 24 + 1) * HOUR);
  }

  @Test
  void monthsBeginOnTheirFirst() {
    NaiveWindow month = calendar(Period.MONTH, ZoneId.of("Asia/Kathmandu"));
    long first = Instant.parse("2024-01-31T18:15:00Z").toEpochMilli();
    long leapDaysLater = first + 29 * 24 * HOUR;
    assertSpan(month, first, first, leapDaysLater);
    assertThat(month.lower(first - 1)).isEqualTo(first - 31 * 24 * HOUR);
  }

  private static void assertSpan(NaiveWindow window, long time, long enters, long leaves) {
    assertThat(window.enters(time)).as("enters").isEqualTo(enters);
    assertThat(window.leaves(time)).as("leaves").isEqualTo(leaves);
  }

  private static NaiveWindow calendar(Period period, ZoneId zone) {
    return new NaiveWindow(new Window.Calendar(period, zone));
  }

  private static long at(ZoneId zone, String local) {
    return LocalDateTime.parse(local).atZone(zone).toInstant().toEpochMilli();
  }
}
