// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The vector of one entity over time. */
public final class StepFunction {
  private StepFunction() {}

  /**
   * All steps of an entity in order of time, from its first event to the emptiness of its last
   * window.
   *
   * @param facts of the entity, each event once, in any order
   */
  public static List<Step> of(List<Aggregate> aggregates, Vectors vectors, List<Fact> facts) {
    List<Fact> sorted = new ArrayList<>(facts);
    sorted.sort(Comparator.comparingLong(Fact::eventTime));
    SortedSet<Long> events = new TreeSet<>();
    sorted.forEach(fact -> events.add(fact.eventTime()));
    List<SlidingAggregate> sliding = new ArrayList<>();
    for (int i = 0; i < aggregates.size(); i++) {
      sliding.add(new SlidingAggregate(aggregates.get(i), i, sorted));
    }
    List<Step> steps = new ArrayList<>();
    @Nullable Object[] previous = null;
    for (long instant : instants(aggregates, events)) {
      List<@Nullable Object> values = new ArrayList<>();
      sliding.forEach(aggregate -> values.add(aggregate.at(instant)));
      @Nullable Object[] vector = vectors.features(values);
      boolean changed = previous == null || !Bits.same(previous, vector);
      steps.add(new Step(instant, vector, events.contains(instant), changed));
      previous = vector;
    }
    return steps;
  }

  /** Events, and for each of them and each window the first instant without it. */
  private static SortedSet<Long> instants(List<Aggregate> aggregates, SortedSet<Long> events) {
    SortedSet<Long> instants = new TreeSet<>(events);
    for (Aggregate aggregate : aggregates) {
      for (long event : events) {
        instants.add(event + aggregate.lengthMillis() + 1);
      }
    }
    return instants;
  }
}
