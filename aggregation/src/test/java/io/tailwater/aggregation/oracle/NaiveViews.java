// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values of one entity's windows by their definition: at instant t, every aggregate is computed
 * anew of all events in [t − W, t].
 *
 * <ul>
 *   <li>Sums are exact and rounded once ({@link BigDecimal#doubleValue}); the average of doubles
 *       and longs is the sum as a double, divided by the count; that of decimals is the exact
 *       quotient, HALF_UP with max(scale, 6) digits. What is beyond the result's type is null.
 *   <li>Strings are ordered by Unicode code points, that is by their UTF-8 bytes: {@link
 *       String#compareTo} differs where one has a surrogate.
 *   <li>Of an empty window, and of one with nulls only, counts are 0 and all else is null.
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
    this.events = List.copyOf(events);
  }

  /** The values at instant {@code t}, in the order of the plan's aggregates. */
  public Object[] at(long t) {
    return plan.aggregates().stream().map(aggregate -> at(t, aggregate)).toArray();
  }

  /**
   * The offline rows up to {@code end}, included: one at every instant of an event, and one at
   * every instant at which an event leaves a window and the bits of some value differ from the row
   * before.
   */
  public SortedMap<Long, Object[]> rows(long end) {
    SortedSet<Long> eventInstants = eventInstants();
    SortedSet<Long> instants = new TreeSet<>(eventInstants);
    instants.addAll(leaveInstants());
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
    List<NaiveEvent> window =
        events.stream()
            .filter(event -> event.time() >= t - length(aggregate) && event.time() <= t)
            .toList();
    if (aggregate.function() == AggregateFunction.COUNT_ALL) {
      return (long) window.size();
    }
    List<Object> values =
        window.stream()
            .map(event -> event.columns()[aggregate.column()])
            .filter(Objects::nonNull)
            .toList();
    return NaiveAggregates.of(aggregate.function(), plan.columns().get(aggregate.column()), values);
  }

  private static long length(WindowedAggregate aggregate) {
    return ((Window.Sliding) aggregate.window()).lengthMillis();
  }

  private SortedSet<Long> eventInstants() {
    SortedSet<Long> instants = new TreeSet<>();
    events.forEach(event -> instants.add(event.time()));
    return instants;
  }

  private SortedSet<Long> leaveInstants() {
    SortedSet<Long> instants = new TreeSet<>();
    for (WindowedAggregate aggregate : plan.aggregates()) {
      events.forEach(event -> instants.add(event.time() + length(aggregate) + 1));
    }
    return instants;
  }
}
