// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate over the sorted facts of an entity, moved forward from instant to instant. */
final class SlidingAggregate {
  private final Span span;
  private final int index;
  private final List<Fact> facts;
  private final Accumulator accumulator;
  private int entered;
  private int left;
  private @Nullable Object value;

  /**
   * @param index of the aggregate's input in each fact
   * @param facts sorted by {@link Fact#ORDER}
   */
  SlidingAggregate(Aggregate aggregate, int index, List<Fact> facts) {
    this.span = aggregate.span();
    this.index = index;
    this.facts = facts.stream().filter(fact -> fact.inputs()[index] != null).toList();
    this.accumulator = Accumulator.of(aggregate);
    this.value = accumulator.value();
  }

  /** The aggregate at {@code instant}, which is not before that of the last call. */
  @Nullable Object at(long instant) {
    int before = entered + left;
    while (entered < facts.size() && span.enters(time(entered)) <= instant) {
      accumulator.add(input(entered++));
    }
    while (left < entered && span.leaves(time(left)) <= instant) {
      accumulator.remove(input(left++));
    }
    if (entered + left != before) {
      value = accumulator.value();
    }
    return value;
  }

  private long time(int fact) {
    return facts.get(fact).eventTime();
  }

  /** Facts without an input were left out. */
  @SuppressWarnings("NullAway")
  private Object input(int fact) {
    return facts.get(fact).inputs()[index];
  }
}
