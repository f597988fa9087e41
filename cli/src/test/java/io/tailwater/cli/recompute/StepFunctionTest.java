// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The recomputation, which slides, against filtering all facts anew at every instant. */
class StepFunctionTest {
  private static final int RUNS = 300;

  private static final List<Aggregate> AGGREGATES =
      List.of(
          new Aggregate(AggregateFunction.COUNT_ALL, false, 10),
          new Aggregate(AggregateFunction.COUNT, false, 10),
          new Aggregate(AggregateFunction.SUM, false, 10),
          new Aggregate(AggregateFunction.AVG, false, 25),
          new Aggregate(AggregateFunction.MIN, false, 25),
          new Aggregate(AggregateFunction.MAX, false, 3),
          new Aggregate(AggregateFunction.SUM, true, 25),
          new Aggregate(AggregateFunction.AVG, true, 3));

  @Test
  void isWhatFilteringAtEveryInstantGives() {
    for (long seed = 0; seed < RUNS; seed++) {
      List<Fact> facts = facts(new SplittableRandom(seed));
      List<Step> steps = StepFunction.of(AGGREGATES, List::toArray, facts);
      long last = facts.stream().mapToLong(Fact::eventTime).max().orElseThrow() + 30;
      Step current = null;
      int next = 0;
      for (long instant = 0; instant <= last; instant++) {
        if (next < steps.size() && steps.get(next).instant() == instant) {
          current = steps.get(next++);
        }
        if (current != null) {
          assertThat(current.values())
              .as("seed %d at %d", seed, instant)
              .containsExactly(filtered(facts, instant));
        }
      }
      assertThat(next).as("steps of seed %d", seed).isEqualTo(steps.size());
    }
  }

  @Test
  void rowsAreAtEventsAndChangesOnly() {
    List<Aggregate> count = List.of(new Aggregate(AggregateFunction.COUNT_ALL, false, 10));
    List<Fact> facts = List.of(new Fact(0, new Object[1]), new Fact(11, new Object[1]));

    List<Step> steps = StepFunction.of(count, List::toArray, facts);

    assertThat(steps).extracting(Step::instant).containsExactly(0L, 11L, 22L);
    assertThat(steps).extracting(step -> step.values()[0]).containsExactly(1L, 1L, 0L);
    assertThat(steps).extracting(Step::changed).containsExactly(true, false, true);
    assertThat(steps).extracting(Step::isRow).containsExactly(true, true, true);
  }

  private static List<Fact> facts(SplittableRandom random) {
    List<Fact> facts = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      Object[] inputs = new Object[AGGREGATES.size()];
      for (int j = 1; j < inputs.length; j++) {
        boolean integers = AGGREGATES.get(j).integers();
        double value = (random.nextInt(2_000) - 1_000) / 100.0;
        inputs[j] = random.nextInt(5) == 0 ? null : integers ? (Object) (long) value : value + 0.0;
      }
      facts.add(new Fact(random.nextInt(60), inputs));
    }
    return facts;
  }

  private static Object[] filtered(List<Fact> facts, long instant) {
    Object[] values = new Object[AGGREGATES.size()];
    for (int i = 0; i < values.length; i++) {
      Aggregate aggregate = AGGREGATES.get(i);
      int index = i;
      List<Object> inputs =
          facts.stream()
              .filter(fact -> fact.eventTime() <= instant)
              .filter(fact -> fact.eventTime() >= instant - aggregate.lengthMillis())
              .map(fact -> countsAll(aggregate) ? fact : fact.inputs()[index])
              .filter(Objects::nonNull)
              .toList();
      values[i] = aggregate(aggregate, inputs);
    }
    return values;
  }

  private static boolean countsAll(Aggregate aggregate) {
    return aggregate.function() == AggregateFunction.COUNT_ALL;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Inputs of one aggregate are of one class.
  private static Object aggregate(Aggregate aggregate, List<Object> inputs) {
    if (aggregate.function() == AggregateFunction.COUNT
        || aggregate.function() == AggregateFunction.COUNT_ALL) {
      return (long) inputs.size();
    }
    if (inputs.isEmpty()) {
      return null;
    }
    BigDecimal sum =
        inputs.stream()
            .map(input -> new BigDecimal(((Number) input).doubleValue()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Comparator<Object> order = (left, right) -> ((Comparable) left).compareTo(right);
    return switch (aggregate.function()) {
      case SUM -> aggregate.integers() ? (Object) sum.longValueExact() : sum.doubleValue();
      case AVG -> sum.doubleValue() / inputs.size();
      case MIN -> inputs.stream().min(order).orElseThrow();
      case MAX -> inputs.stream().max(order).orElseThrow();
      default -> throw new IllegalStateException("not recomputed: " + aggregate.function());
    };
  }
}
