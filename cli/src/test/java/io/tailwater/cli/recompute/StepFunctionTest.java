// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The recomputation, which slides, against filtering all facts anew at every instant. */
class StepFunctionTest {
  private static final int RUNS = 300;

  private static final List<Aggregate> AGGREGATES =
      List.of(
          Aggregate.over(10, AggregateFunction.COUNT_ALL, false),
          Aggregate.over(10, AggregateFunction.COUNT, false),
          Aggregate.over(10, AggregateFunction.SUM, false),
          Aggregate.over(25, AggregateFunction.AVG, false),
          Aggregate.over(25, AggregateFunction.MIN, false),
          Aggregate.over(3, AggregateFunction.MAX, false),
          Aggregate.over(25, AggregateFunction.SUM, true),
          Aggregate.over(3, AggregateFunction.AVG, true),
          Aggregate.over(25, AggregateFunction.COUNT_DISTINCT, true),
          Aggregate.over(25, AggregateFunction.MEDIAN, false),
          Aggregate.over(10, AggregateFunction.MEDIAN, true),
          new Aggregate(AggregateFunction.TOP_K, 2, true, false, new Span.Trailing(25, 0)),
          new Aggregate(AggregateFunction.LAST_N, 3, true, false, new Span.Trailing(10, 0)),
          new Aggregate(AggregateFunction.SUM, 0, false, false, new Span.Trailing(7, 11)),
          new Aggregate(AggregateFunction.MAX, 0, true, false, new Span.Lifetime()),
          new Aggregate(AggregateFunction.SUM, 0, false, true, new Span.Trailing(10, 0)),
          new Aggregate(AggregateFunction.COUNT, 0, false, true, new Span.Trailing(10, 0)));

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
    List<Aggregate> count = List.of(Aggregate.over(10, AggregateFunction.COUNT_ALL, false));
    List<Fact> facts = List.of(fact(0), fact(11));

    List<Step> steps = StepFunction.of(count, List::toArray, facts);

    assertThat(steps).extracting(Step::instant).containsExactly(0L, 11L, 22L);
    assertThat(steps).extracting(step -> step.values()[0]).containsExactly(1L, 1L, 0L);
    assertThat(steps).extracting(Step::changed).containsExactly(true, false, true);
    assertThat(steps).extracting(Step::isRow).containsExactly(true, true, true);
  }

  @Test
  void goesOnToTheFirstChangeBehindTheLastInstantThatIsAskedFor() {
    List<Aggregate> count = List.of(Aggregate.over(10, AggregateFunction.COUNT_ALL, false));

    List<Step> steps = StepFunction.of(count, List::toArray, List.of(fact(0), fact(30)), 5);

    assertThat(steps).extracting(Step::instant).containsExactly(0L, 11L);
  }

  @Test
  void aLocalDayEndsAtLocalMidnightWhateverItsLength() {
    Span day = new Span.LocalDay(ZoneId.of("Europe/Lisbon"));

    assertThat(day.leaves(millis("2026-03-29T00:00:00Z")))
        .isEqualTo(millis("2026-03-29T23:00:00Z"));
    assertThat(day.leaves(millis("2026-10-24T23:00:00Z")))
        .isEqualTo(millis("2026-10-26T00:00:00Z"));
    assertThat(day.leaves(millis("2026-10-26T00:00:00Z")))
        .isEqualTo(millis("2026-10-27T00:00:00Z"));
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static Fact fact(long eventTime) {
    return new Fact(eventTime, "e" + eventTime, new Object[] {true});
  }

  private static List<Fact> facts(SplittableRandom random) {
    List<Fact> facts = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      Object[] inputs = new Object[AGGREGATES.size()];
      for (int j = 0; j < inputs.length; j++) {
        inputs[j] = random.nextInt(5) == 0 ? null : input(AGGREGATES.get(j), random);
      }
      facts.add(new Fact(random.nextInt(60), "e%02d".formatted(count - i), inputs));
    }
    return facts;
  }

  private static Object input(Aggregate aggregate, SplittableRandom random) {
    double value = (random.nextInt(2_000) - 1_000) / 100.0 + 0.0;
    Object input = aggregate.integers() ? (Object) (long) value : value;
    return aggregate.byCategory() ? new Categorised("c" + random.nextInt(3), input) : input;
  }

  private static Object[] filtered(List<Fact> facts, long instant) {
    Object[] values = new Object[AGGREGATES.size()];
    for (int i = 0; i < values.length; i++) {
      Aggregate aggregate = AGGREGATES.get(i);
      int index = i;
      List<Object> inputs =
          facts.stream()
              .filter(fact -> holds(aggregate.span(), fact.eventTime(), instant))
              .sorted(Comparator.comparing(Fact::eventTime).thenComparing(Fact::eventId))
              .map(fact -> fact.inputs()[index])
              .filter(Objects::nonNull)
              .toList();
      values[i] = aggregate.byCategory() ? byCategory(aggregate, inputs) : of(aggregate, inputs);
    }
    return values;
  }

  private static boolean holds(Span span, long time, long instant) {
    if (span instanceof Span.Trailing trailing) {
      long newest = instant - trailing.offsetMillis();
      return time <= newest && time >= newest - trailing.lengthMillis();
    }
    return time <= instant;
  }

  private static Map<String, Object> byCategory(Aggregate aggregate, List<Object> inputs) {
    Map<String, List<Object>> categories =
        inputs.stream()
            .map(Categorised.class::cast)
            .collect(
                Collectors.groupingBy(
                    Categorised::category,
                    Collectors.mapping(Categorised::value, Collectors.toList())));
    Map<String, Object> values = new HashMap<>();
    categories.forEach((category, own) -> values.put(category, of(aggregate, own)));
    return values;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Inputs of one aggregate are of one class.
  private static Object of(Aggregate aggregate, List<Object> inputs) {
    if (aggregate.function() == AggregateFunction.COUNT
        || aggregate.function() == AggregateFunction.COUNT_ALL) {
      return (long) inputs.size();
    }
    if (aggregate.function() == AggregateFunction.COUNT_DISTINCT) {
      return inputs.stream().distinct().count();
    }
    if (inputs.isEmpty()) {
      return null;
    }
    BigDecimal sum =
        inputs.stream().map(StepFunctionTest::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    Comparator<Object> order = (left, right) -> ((Comparable) left).compareTo(right);
    return switch (aggregate.function()) {
      case SUM -> aggregate.integers() ? (Object) sum.longValueExact() : sum.doubleValue();
      case AVG -> sum.doubleValue() / inputs.size();
      case MIN -> inputs.stream().min(order).orElseThrow();
      case MAX -> inputs.stream().max(order).orElseThrow();
      case MEDIAN -> median(inputs.stream().map(StepFunctionTest::exact).sorted().toList());
      case TOP_K ->
          inputs.stream()
              .distinct()
              .sorted(order)
              .sorted(Comparator.comparing(value -> -Collections.frequency(inputs, value)))
              .limit(aggregate.parameter())
              .toList();
      case LAST_N ->
          IntStream.range(0, Math.min(aggregate.parameter(), inputs.size()))
              .mapToObj(i -> inputs.get(inputs.size() - 1 - i))
              .toList();
      default -> throw new IllegalStateException("not recomputed: " + aggregate.function());
    };
  }

  private static BigDecimal exact(Object number) {
    return new BigDecimal(((Number) number).doubleValue());
  }

  private static double median(List<BigDecimal> sorted) {
    int size = sorted.size();
    return sorted
        .get((size - 1) / 2)
        .add(sorted.get(size / 2))
        .divide(BigDecimal.valueOf(2))
        .doubleValue();
  }
}
