// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import static io.tailwater.aggregation.WindowedAggregate.NO_COLUMN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Worked examples: the oracle itself has nothing to be compared with. */
class NaiveViewsTest {
  private static final WindowedAggregate COUNT_IN_10 =
      WindowedAggregate.sliding(AggregateFunction.COUNT_ALL, NO_COLUMN, 10);

  @Test
  void countsAnEventFromItsInstantToTheEndOfTheWindow() {
    NaiveViews views = views(ValueType.DOUBLE, List.of(COUNT_IN_10), NaiveEvent.of(100, 1.0));
    assertThat(views.at(99)).containsExactly(0L);
    assertThat(views.at(100)).containsExactly(1L);
    assertThat(views.at(110)).containsExactly(1L);
    assertThat(views.at(111)).containsExactly(0L);
  }

  @Test
  void hasARowAtEveryEventAndWhereALeavingEventChangesAValue() {
    NaiveViews views =
        views(
            ValueType.DOUBLE,
            List.of(in10(AggregateFunction.SUM)),
            NaiveEvent.of(2, 0.0),
            NaiveEvent.of(0, 5.0),
            NaiveEvent.of(11, 5.0),
            NaiveEvent.of(11, 0.0));
    SortedMap<Long, Object[]> rows = views.rows(22);
    assertThat(rows.keySet())
        .as("0.0 leaves at 13 without a trace; 5.0 leaves at 11, beside two events")
        .containsExactly(0L, 2L, 11L, 22L);
    assertThat(rows.get(0L)).containsExactly(5.0);
    assertThat(rows.get(2L)).containsExactly(5.0);
    assertThat(rows.get(11L)).containsExactly(5.0);
    assertThat(rows.get(22L)).containsExactly((Object) null);
    assertThat(views.rows(21).keySet()).containsExactly(0L, 2L, 11L);
    assertThat(views.rows(-1)).isEmpty();
  }

  @Test
  void stepsAtTheEndOfEachWindow() {
    WindowedAggregate in5 = WindowedAggregate.sliding(AggregateFunction.COUNT_ALL, NO_COLUMN, 5);
    NaiveViews views = views(ValueType.DOUBLE, List.of(COUNT_IN_10, in5), NaiveEvent.of(0, 1.0));
    SortedMap<Long, Object[]> rows = views.rows(1000);
    assertThat(rows.keySet()).containsExactly(0L, 6L, 11L);
    assertThat(rows.get(6L)).containsExactly(1L, 0L);
    assertThat(rows.get(11L)).containsExactly(0L, 0L);
  }

  @Test
  void ignoresNullsButForCountOfAll() {
    NaiveViews views =
        views(
            ValueType.INT64,
            List.of(
                COUNT_IN_10,
                in10(AggregateFunction.COUNT),
                in10(AggregateFunction.SUM),
                in10(AggregateFunction.AVG),
                in10(AggregateFunction.MIN),
                in10(AggregateFunction.MAX)),
            NaiveEvent.of(0, 4L),
            NaiveEvent.of(1, (Object) null),
            NaiveEvent.of(2, 7L));
    assertThat(views.at(5)).containsExactly(3L, 2L, 11L, 5.5, 4L, 7L);
    assertThat(views.at(11)).containsExactly(2L, 1L, 7L, 7.0, 7L, 7L);
    assertThat(views.at(50)).containsExactly(0L, 0L, null, null, null, null);
  }

  @Test
  void roundsTheExactSumOnce() {
    List<WindowedAggregate> sumAndAverage =
        List.of(in10(AggregateFunction.SUM), in10(AggregateFunction.AVG));
    NaiveViews views =
        views(
            ValueType.DOUBLE,
            sumAndAverage,
            NaiveEvent.of(0, 1e100),
            NaiveEvent.of(0, 1.0),
            NaiveEvent.of(0, -1e100));
    assertThat(views.at(0)).containsExactly(1.0, 1.0 / 3);
    NaiveViews cancelled =
        views(ValueType.DOUBLE, sumAndAverage, NaiveEvent.of(0, 1.0), NaiveEvent.of(0, -1.0));
    assertThat(NaiveViews.sameBits(cancelled.at(0), new Object[] {0.0, 0.0})).isTrue();
  }

  @Test
  void isNullBeyondTheTypeOfTheResult() {
    List<WindowedAggregate> sumAndAverage =
        List.of(in10(AggregateFunction.SUM), in10(AggregateFunction.AVG));
    assertThat(twice(ValueType.DOUBLE, sumAndAverage, Double.MAX_VALUE))
        .containsExactly(null, null);
    assertThat(twice(ValueType.INT64, sumAndAverage, Long.MAX_VALUE)).containsExactly(null, 0x1p63);
    BigDecimal largest = new BigDecimal("9".repeat(38));
    assertThat(twice(ValueType.decimal(38, 0), sumAndAverage, largest)).containsExactly(null, null);
    assertThat(twice(ValueType.decimal(10, 2), sumAndAverage, new BigDecimal("0.01")))
        .containsExactly(new BigDecimal("0.02"), new BigDecimal("0.010000"));
  }

  @Test
  void averagesDecimalsHalfUp() {
    BigDecimal least = new BigDecimal("0.000001");
    for (BigDecimal value : List.of(least, least.negate())) {
      NaiveViews views =
          views(
              ValueType.decimal(10, 6),
              List.of(in10(AggregateFunction.AVG)),
              NaiveEvent.of(0, value),
              NaiveEvent.of(0, BigDecimal.ZERO.setScale(6)));
      assertThat(views.at(0)).containsExactly(value);
    }
  }

  @Test
  void ordersStringsByCodePoint() {
    String emoji = "\uD83D\uDE00";
    String replacement = "\uFFFD";
    assertThat(emoji).isLessThan(replacement);
    NaiveViews views =
        views(
            ValueType.STRING,
            List.of(in10(AggregateFunction.MIN), in10(AggregateFunction.MAX)),
            NaiveEvent.of(0, emoji),
            NaiveEvent.of(0, replacement));
    assertThat(views.at(0)).containsExactly(replacement, emoji);
  }

  @Test
  void comparesBitsNotNumbers() {
    assertThat(same(0.0, 0.0)).isTrue();
    assertThat(same(0.0, -0.0)).isFalse();
    assertThat(same(0.0f, -0.0f)).isFalse();
    assertThat(same(1L, 1)).isFalse();
    assertThat(same(1L, null)).isFalse();
    assertThat(same(null, null)).isTrue();
    assertThat(same(new BigDecimal("1.0"), new BigDecimal("1.00"))).isFalse();
    assertThat(same(new byte[] {1}, new byte[] {1})).isTrue();
    assertThat(NaiveViews.sameBits(new Object[] {1L}, new Object[] {1L, 1L})).isFalse();
  }

  @Test
  void ordersEventsOfAnInstantByTheUnsignedBytesOfTheirIds() {
    NaiveViews views =
        views(
            ValueType.INT64,
            List.of(in10(AggregateFunction.FIRST), in10(AggregateFunction.LAST)),
            NaiveEvent.of(5, 3L).withId(0xFF),
            NaiveEvent.of(5, 1L).withId(0x7F),
            NaiveEvent.of(5, 2L).withId(0x80),
            NaiveEvent.of(5, (Object) null).withId(0));
    assertThat(views.at(5)).containsExactly(1L, 3L);
  }

  @Test
  void stepsWhereALaggedEventEntersAndLeaves() {
    WindowedAggregate lagged =
        new WindowedAggregate(
            AggregateFunction.SUM, null, 0, NO_COLUMN, new Window.Sliding(10, 100, 1));
    NaiveViews views = views(ValueType.INT64, List.of(lagged), NaiveEvent.of(0, 4L));
    SortedMap<Long, Object[]> rows = views.rows(1000);
    assertThat(rows.keySet()).containsExactly(0L, 100L, 111L);
    assertThat(rows.get(0L)).containsExactly((Object) null);
    assertThat(rows.get(100L)).containsExactly(4L);
    assertThat(rows.get(111L)).containsExactly((Object) null);
  }

  @Test
  void stepsAtTheBoundaryOfACalendarPeriodThatHeldSomething() {
    ZoneId zone = ZoneId.of("Europe/Lisbon");
    Window day = new Window.Calendar(Window.Calendar.Period.DAY, zone);
    WindowedAggregate today =
        new WindowedAggregate(AggregateFunction.COUNT, null, 0, NO_COLUMN, day);
    long noon = Instant.parse("2024-10-27T12:00:00Z").toEpochMilli();
    NaiveViews views = views(ValueType.INT64, List.of(today), NaiveEvent.of(noon, 4L));
    SortedMap<Long, Object[]> rows = views.rows(Long.MAX_VALUE);
    assertThat(rows.keySet())
        .containsExactly(noon, Instant.parse("2024-10-28T00:00:00Z").toEpochMilli());
  }

  @Test
  void stepsAtAHopAndNotBefore() {
    WindowedAggregate hops =
        new WindowedAggregate(
            AggregateFunction.COUNT, null, 0, NO_COLUMN, new Window.Sliding(10, 0, 5));
    NaiveViews views =
        views(ValueType.INT64, List.of(hops), NaiveEvent.of(0, 4L), NaiveEvent.of(2, 4L));
    assertThat(views.rows(1000).keySet()).containsExactly(0L, 2L, 15L);
  }

  @Test
  void splitsByCategory() {
    WindowedAggregate sums =
        new WindowedAggregate(AggregateFunction.SUM, null, 0, 1, Window.sliding(10));
    WindowedAggregate counts =
        new WindowedAggregate(AggregateFunction.COUNT, null, 0, 1, Window.sliding(10));
    NaiveViews views =
        new NaiveViews(
            new AggregationPlan(List.of(ValueType.INT64, ValueType.STRING), List.of(sums, counts)),
            List.of(
                NaiveEvent.of(0, 1L, "a"),
                NaiveEvent.of(1, 2L, "a"),
                NaiveEvent.of(2, 4L, null),
                NaiveEvent.of(3, null, "b"),
                NaiveEvent.of(4, 8L, "")));
    assertThat(views.at(4)).containsExactly(Map.of("a", 3L, "", 8L), Map.of("a", 2L, "", 1L));
    assertThat(views.at(11)).containsExactly(Map.of("a", 2L, "", 8L), Map.of("a", 1L, "", 1L));
    assertThat(views.at(99)).containsExactly(Map.of(), Map.of());
  }

  @Test
  void negativeZeroIsZero() {
    for (ValueType type : List.of(ValueType.DOUBLE, ValueType.FLOAT)) {
      boolean wide = type.equals(ValueType.DOUBLE);
      NaiveViews views =
          views(
              type,
              List.of(in10(AggregateFunction.MIN), in10(AggregateFunction.COUNT_DISTINCT)),
              NaiveEvent.of(0, wide ? (Object) (-0.0) : (Object) (-0.0f)),
              NaiveEvent.of(0, wide ? (Object) 0.0 : (Object) 0.0f));
      Object zero = wide ? (Object) 0.0 : (Object) 0.0f;
      assertThat(NaiveViews.sameBits(views.at(0), new Object[] {zero, 1L})).isTrue();
    }
    assertThat(
            NaiveViews.sameBits(
                twice(ValueType.DOUBLE, List.of(in10(AggregateFunction.MEDIAN)), -0.0),
                new Object[] {0.0}))
        .isTrue();
    NaiveViews tiny =
        views(
            ValueType.DOUBLE,
            List.of(in10(AggregateFunction.AVG)),
            NaiveEvent.of(0, -Double.MIN_VALUE),
            NaiveEvent.of(0, 0.0));
    assertThat(NaiveViews.sameBits(tiny.at(0), new Object[] {0.0})).isTrue();
  }

  /** The oracle leans on it: checked against the neighbours. */
  @Test
  void roundsQuotientsToTheNearestDouble() {
    long seed = 17;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal exact =
          i % 2 == 0
              ? new BigDecimal(new BigInteger(1 + random.nextInt(80), random), random.nextInt(30))
              : tieOrNearlyOne(random);
      double rounded = NaiveNumbers.toDouble(exact, BigDecimal.ONE);
      assertThat(rounded).as("seed %d: %s", seed, exact).isEqualTo(exact.doubleValue());
      BigDecimal divisor = BigDecimal.valueOf(1 + random.nextInt(1000), random.nextInt(4));
      assertThat(NaiveNumbers.toDouble(exact.multiply(divisor), divisor)).isEqualTo(rounded);
      BigDecimal error = exact.subtract(new BigDecimal(rounded)).abs();
      for (double neighbour : new double[] {Math.nextUp(rounded), Math.nextDown(rounded)}) {
        int order = error.compareTo(exact.subtract(new BigDecimal(neighbour)).abs());
        boolean even = (Double.doubleToRawLongBits(rounded) & 1) == 0;
        assertThat(order < 0 || (order == 0 && even)).as("seed %d: %s", seed, exact).isTrue();
      }
    }
  }

  @Test
  void roundsQuotientsAtTheEndsOfTheDoubles() {
    BigDecimal three = BigDecimal.valueOf(3);
    assertThat(NaiveNumbers.toDouble(BigDecimal.ONE, three)).isEqualTo(1.0 / 3);
    BigDecimal least = new BigDecimal(Double.MIN_VALUE);
    BigDecimal two = BigDecimal.valueOf(2);
    assertThat(NaiveNumbers.toDouble(least, two)).as("a tie with 0").isEqualTo(0.0);
    assertThat(NaiveNumbers.toDouble(least.multiply(two), three)).isEqualTo(Double.MIN_VALUE);
    assertThat(NaiveNumbers.toDouble(least.multiply(three), two)).isEqualTo(2 * Double.MIN_VALUE);
    BigDecimal most = new BigDecimal(Double.MAX_VALUE);
    BigDecimal halfUnit = new BigDecimal(Math.ulp(Double.MAX_VALUE)).divide(two);
    assertThat(NaiveNumbers.toDouble(most.add(halfUnit), BigDecimal.ONE)).isInfinite();
    assertThat(NaiveNumbers.toDouble(most.add(halfUnit).subtract(least), BigDecimal.ONE))
        .isEqualTo(Double.MAX_VALUE);
  }

  private static BigDecimal tieOrNearlyOne(Random random) {
    double value = Math.scalb(1 + random.nextDouble(), random.nextInt(80) - 40);
    BigDecimal middle =
        new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(new BigDecimal(2));
    BigDecimal little = new BigDecimal(Math.scalb(1.0, -200));
    return middle.add(little.multiply(BigDecimal.valueOf(random.nextInt(3) - 1)));
  }

  private static boolean same(Object left, Object right) {
    return NaiveViews.sameBits(new Object[] {left}, new Object[] {right});
  }

  private static Object[] twice(ValueType type, List<WindowedAggregate> aggregates, Object value) {
    return views(type, aggregates, NaiveEvent.of(0, value), NaiveEvent.of(0, value)).at(0);
  }

  private static WindowedAggregate in10(AggregateFunction function) {
    return WindowedAggregate.sliding(function, 0, 10);
  }

  private static NaiveViews views(
      ValueType column, List<WindowedAggregate> aggregates, NaiveEvent... events) {
    return new NaiveViews(new AggregationPlan(List.of(column), aggregates), List.of(events));
  }
}
