// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import io.tailwater.aggregation.AggregateFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate over the sorted facts of an entity, moved forward from instant to instant. */
final class SlidingAggregate {
  private final Aggregate aggregate;
  private final int index;
  private final List<Fact> facts;
  private final Accumulator accumulator;
  private int entered;
  private int left;

  /**
   * @param index of the aggregate's input in each fact
   * @param facts sorted by time
   */
  SlidingAggregate(Aggregate aggregate, int index, List<Fact> facts) {
    this.aggregate = aggregate;
    this.index = index;
    this.facts = facts;
    this.accumulator = Accumulator.of(aggregate);
  }

  /** The aggregate at {@code instant}, which is not before that of the last call. */
  @Nullable Object at(long instant) {
    while (entered < facts.size() && facts.get(entered).eventTime() <= instant) {
      Object input = input(entered++);
      if (input != null) {
        accumulator.add(input);
      }
    }
    while (left < entered && facts.get(left).eventTime() < instant - aggregate.lengthMillis()) {
      Object input = input(left++);
      if (input != null) {
        accumulator.remove(input);
      }
    }
    return accumulator.value();
  }

  private @Nullable Object input(int fact) {
    if (aggregate.function() == AggregateFunction.COUNT_ALL) {
      return facts.get(fact);
    }
    return facts.get(fact).inputs()[index];
  }
}
