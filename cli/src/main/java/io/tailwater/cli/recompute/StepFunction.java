// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The vector of one entity over time. */
public final class StepFunction {
  private StepFunction() {}

  /** All steps of an entity in order of time, from its first event to where the last one leaves. */
  public static List<Step> of(List<Aggregate> aggregates, Vectors vectors, List<Fact> facts) {
    return of(aggregates, vectors, facts, Long.MAX_VALUE);
  }

  /**
   * The steps of an entity in order of time.
   *
   * @param facts of the entity, each event once, in any order
   * @param until up to this instant, in milliseconds, and beyond it to the first change
   */
  public static List<Step> of(
      List<Aggregate> aggregates, Vectors vectors, List<Fact> facts, long until) {
    List<Fact> sorted = new ArrayList<>(facts);
    sorted.sort(Fact.ORDER);
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
      if (changed && instant > until) {
        break;
      }
    }
    return steps;
  }

  /** Events, and when they enter and leave each window. */
  private static SortedSet<Long> instants(List<Aggregate> aggregates, SortedSet<Long> events) {
    Set<Span> spans = new HashSet<>();
    aggregates.forEach(aggregate -> spans.add(aggregate.span()));
    SortedSet<Long> instants = new TreeSet<>(events);
    for (Span span : spans) {
      for (long event : events) {
        instants.add(span.enters(event));
        instants.add(span.leaves(event));
      }
    }
    instants.remove(Span.NEVER);
    return instants;
  }
}
