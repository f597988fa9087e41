// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values of one entity's windows by their definition: at instant t, every aggregate is computed
 * anew of all events that its window holds at t.
 *
 * <ul>
 *   <li>Numbers are exact and rounded once; the average of doubles and longs is the sum as a
 *       double, divided by the count; that of decimals is the exact quotient, HALF_UP with
 *       max(scale, 6) digits. What is beyond the result's type is null, and −0.0 is 0.0.
 *   <li>Strings are ordered by Unicode code points, that is by their UTF-8 bytes: {@link
 *       String#compareTo} differs where one has a surrogate.
 *   <li>Of an empty window, and of one with nulls only, counts are 0 and all else is null; split by
 *       a column, an empty window is an empty map.
 * </ul>
 *
 * <p>Duplicates and late events are not known here: all events given count.
 */
public final class NaiveViews {
  private final AggregationPlan plan;
  private final List<NaiveEvent> events;

  /**
   * @param events in any order
   */
  public NaiveViews(AggregationPlan plan, List<NaiveEvent> events) {
    this.plan = plan;
    this.events = events.stream().sorted(NaiveEvent.ORDER).toList();
  }

  /** The values at instant {@code t}, in the order of the plan's aggregates. */
  public Object[] at(long t) {
    return plan.aggregates().stream().map(aggregate -> at(t, aggregate)).toArray();
  }

  /**
   * The offline rows up to {@code end}, included: one at every instant of an event, and one at
   * every other step at which the bits of some value differ from the row before.
   */
  public SortedMap<Long, Object[]> rows(long end) {
    SortedSet<Long> eventInstants = eventInstants();
    SortedSet<Long> instants = new TreeSet<>(eventInstants);
    instants.addAll(steps());
    SortedMap<Long, Object[]> rows = new TreeMap<>();
    for (long instant : instants) {
      if (instant > end) {
        break;
      }
      Object[] values = at(instant);
      if (eventInstants.contains(instant) || !sameBits(values, rows.get(rows.lastKey()))) {
        rows.put(instant, values);
      }
    }
    return rows;
  }

  /**
   * The instants at which an event enters some window or leaves it: between two of them no value
   * changes. The boundaries of calendars and hops are among them where something leaves.
   */
  public SortedSet<Long> steps() {
    Set<Window> windows = new HashSet<>();
    plan.aggregates().forEach(aggregate -> windows.add(aggregate.window()));
    SortedSet<Long> steps = new TreeSet<>();
    for (Window each : windows) {
      NaiveWindow window = new NaiveWindow(each);
      for (NaiveEvent event : events) {
        steps.add(window.enters(event.time()));
        steps.add(window.leaves(event.time()));
      }
    }
    steps.remove(Long.MAX_VALUE);
    return steps;
  }

  /**
   * Whether two vectors are the same to the bit: doubles by their bits, decimals with their scale,
   * bytes by content, and values of different classes never.
   */
  public static boolean sameBits(Object[] left, Object[] right) {
    if (left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (!sameBits(left[i], right[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameBits(Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }
    if (left instanceof Float a && right instanceof Float b) {
      return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
    }
    return Objects.deepEquals(left, right);
  }

  private Object at(long t, WindowedAggregate aggregate) {
    NaiveWindow window = new NaiveWindow(aggregate.window());
    long oldest = window.lower(t);
    long newest = window.upper(t);
    List<NaiveEvent> held =
        events.stream().filter(event -> event.time() >= oldest && event.time() <= newest).toList();
    return aggregate.byColumn() == WindowedAggregate.NO_COLUMN
        ? of(held, aggregate)
        : byCategory(held, aggregate);
  }

  /** The aggregate of each category that has a value, where it is not null. */
  private Map<String, Object> byCategory(List<NaiveEvent> held, WindowedAggregate aggregate) {
    Map<String, List<NaiveEvent>> categories = new HashMap<>();
    for (NaiveEvent event : held) {
      Object category = event.value(aggregate.byColumn());
      if (category != null && event.value(aggregate.column()) != null) {
        categories.computeIfAbsent((String) category, name -> new ArrayList<>()).add(event);
      }
    }
    Map<String, Object> results = new TreeMap<>();
    categories.forEach(
        (category, own) -> {
          Object result = of(own, aggregate);
          if (result != null) {
            results.put(category, result);
          }
        });
    return results;
  }

  /** Only a lifetime is estimated. */
  private static AggregateFunction function(WindowedAggregate aggregate) {
    return aggregate.function() == AggregateFunction.APPROX_COUNT_DISTINCT
            && !(aggregate.window() instanceof Window.Lifetime)
        ? AggregateFunction.COUNT_DISTINCT
        : aggregate.function();
  }

  private Object of(List<NaiveEvent> held, WindowedAggregate aggregate) {
    if (aggregate.function() == AggregateFunction.COUNT_ALL) {
      return (long) held.size();
    }
    List<Object> values =
        held.stream()
            .map(event -> event.value(aggregate.column()))
            .filter(Objects::nonNull)
            .toList();
    ValueType type = plan.columns().get(aggregate.column());
    return NaiveAggregates.of(function(aggregate), aggregate.parameter(), type, values);
  }

  private SortedSet<Long> eventInstants() {
    SortedSet<Long> instants = new TreeSet<>();
    events.forEach(event -> instants.add(event.time()));
    return instants;
  }
}
