// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.property.PlainFeature.Aggregated;
import io.tailwater.definitions.property.PlainFeature.Derived;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The vectors of one entity anew from its events: each feature's events are selected and its values
 * taken by plain Java, its windows by the naive oracle, one feature at a time.
 */
final class Recomputation {
  private final PlainView view;
  private final List<PlainEvent> events;
  private final List<NaiveViews> aggregates = new ArrayList<>();

  Recomputation(PlainView view, List<PlainEvent> events) {
    this.view = view;
    this.events = events;
    for (PlainFeature feature : view.features()) {
      aggregates.add(feature instanceof Aggregated aggregated ? naive(aggregated) : null);
    }
  }

  private NaiveViews naive(Aggregated feature) {
    List<NaiveEvent> own =
        events.stream()
            .filter(event -> event.source() == feature.source())
            .filter(event -> feature.where() == null || feature.where().isTrue(event.row()))
            .map(event -> event.naive(feature.columns(event.row())))
            .toList();
    return new NaiveViews(feature.plan(), own);
  }

  /** The vector at an instant. */
  Object[] at(long instant) {
    Object[] vector = new Object[view.features().size()];
    for (int i = 0; i < vector.length; i++) {
      PlainFeature feature = view.features().get(i);
      Object value =
          feature instanceof Derived derived
              ? derived.value().of(vector)
              : aggregates.get(i).at(instant)[0];
      vector[i] = value == null ? feature.defaultValue() : value;
    }
    return vector;
  }

  /** Every instant up to {@code end} that has a row: those of events, and where a bit changes. */
  SortedMap<Long, Object[]> rows(long end) {
    SortedSet<Long> arrivals = new TreeSet<>();
    events.forEach(event -> arrivals.add(event.time()));
    SortedSet<Long> instants = new TreeSet<>(arrivals);
    instants.addAll(steps(view, events));
    TreeMap<Long, Object[]> rows = new TreeMap<>();
    for (long instant : instants.headSet(end == Long.MAX_VALUE ? end : end + 1)) {
      Object[] vector = at(instant);
      if (arrivals.contains(instant) || !NaiveViews.sameBits(vector, rows.lastEntry().getValue())) {
        rows.put(instant, vector);
      }
    }
    return rows;
  }

  /** The instants at which some event comes into one of the view's windows or leaves it. */
  static SortedSet<Long> steps(PlainView view, List<PlainEvent> events) {
    int none = WindowedAggregate.NO_COLUMN;
    List<WindowedAggregate> counts =
        view.features().stream()
            .filter(Aggregated.class::isInstance)
            .map(feature -> ((Aggregated) feature).window())
            .distinct()
            .map(
                (Window w) ->
                    new WindowedAggregate(AggregateFunction.COUNT_ALL, null, none, none, w))
            .toList();
    List<NaiveEvent> marks = events.stream().map(PlainEvent::naive).toList();
    return new NaiveViews(new AggregationPlan(List.of(), counts), marks).steps();
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (PlainEvent event : events) {
      lines.add(
          "%d of source %d, number %d: %s"
              .formatted(
                  event.time(), event.source(), event.number(), Arrays.deepToString(event.row())));
    }
    return String.join("\n", lines);
  }
}
