// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.aggregation.random.HostileTimes;
import io.tailwater.aggregation.random.TimeScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Random entities, each with a window of its own, whose aggregates SQL and the oracle tell.
 *
 * @param scale that of all
 * @param calendar the period of all windows; null if they slide or have no end
 * @param entities their events and windows
 */
record SqlWorld(TimeScale scale, Window.Calendar calendar, List<Entity> entities) {
  private static final int MOST_INSTANTS = 12;

  /**
   * @param instants at which the aggregates are compared
   */
  record Entity(Window window, List<NaiveEvent> events, SortedSet<Long> instants) {
    NaiveViews views(List<SqlAggregate> aggregates) {
      return new NaiveViews(
          new AggregationPlan(
              Stream.of(SqlColumn.values()).map(SqlColumn::type).toList(),
              aggregates.stream().map(aggregate -> aggregate.over(window)).toList()),
          events);
    }
  }

  /**
   * Where clocks go back over midnight SQL's days go back with them, or begin with the second
   * midnight; ours begin once, with the first.
   */
  private static final Set<String> DAYS_DIFFER = Set.of("America/St_Johns", "America/Havana");

  static SqlWorld next(Random random, int entities) {
    TimeScale scale = TimeScale.next(random);
    while (DAYS_DIFFER.contains(scale.zone().getId())) {
      scale = TimeScale.next(random);
    }
    Window.Calendar calendar =
        scale.hasCalendar() ? (Window.Calendar) scale.calendar(random) : null;
    List<Entity> all = new ArrayList<>();
    for (int i = 0; i < entities; i++) {
      all.add(entity(random, scale, calendar != null ? calendar : window(random, scale)));
    }
    return new SqlWorld(scale, calendar, all);
  }

  private static Window window(Random random, TimeScale scale) {
    if (random.nextInt(5) == 0) {
      return new Window.Lifetime();
    }
    long lag = random.nextBoolean() ? 0 : scale.length(random);
    long hop = random.nextBoolean() ? 1 : scale.length(random);
    return new Window.Sliding(scale.length(random), lag, hop);
  }

  private static Entity entity(Random random, TimeScale scale, Window window) {
    int none = WindowedAggregate.NO_COLUMN;
    WindowedAggregate count =
        new WindowedAggregate(AggregateFunction.COUNT_ALL, null, none, none, window);
    AggregationPlan plan = new AggregationPlan(List.of(), List.of(count));
    HostileTimes times = new HostileTimes(random, scale, plan);
    List<NaiveEvent> events = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      Object[] values = Stream.of(SqlColumn.values()).map(each -> each.next(random)).toArray();
      events.add(new NaiveEvent(times.next(), id(random, i), values));
    }
    return new Entity(window, events, instants(random, new NaiveViews(plan, events), events));
  }

  /** Of one to three bytes, and unlike all others of the entity. */
  private static byte[] id(Random random, int number) {
    byte[] id = new byte[1 + random.nextInt(3)];
    random.nextBytes(id);
    id[id.length - 1] = (byte) (number * 11);
    return id;
  }

  private static SortedSet<Long> instants(
      Random random, NaiveViews views, List<NaiveEvent> events) {
    List<Long> edges = new ArrayList<>(views.steps());
    SortedSet<Long> instants = new TreeSet<>();
    for (int i = 0; i < MOST_INSTANTS; i++) {
      long time = events.get(random.nextInt(events.size())).time();
      long edge = edges.get(random.nextInt(edges.size()));
      instants.add(i % 2 == 0 ? time : edge - random.nextInt(2));
    }
    return instants;
  }
}
