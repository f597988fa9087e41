// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvolutionTest {
  private static final int EVENTS = 500;
  private static final Window LIFETIME = new Window.Lifetime();

  @Test
  void removesThePagesOfWhatIsNotKept() {
    AggregationPlan from =
        plan(
            WindowedAggregate.sliding(AggregateFunction.MEDIAN, 0, 1_000),
            WindowedAggregate.sliding(AggregateFunction.MEDIAN, 0, 2_000));
    MemoryChunkStore store = stored(from);
    int pages = store.pageCount();

    convert(from, plan(WindowedAggregate.sliding(AggregateFunction.MEDIAN, 0, 1_000)), store);
    assertThat(store.pageCount()).isEqualTo(pages / 2).isPositive();
  }

  @Test
  void removesAllPagesWhereNothingKeepsOrderAnyMore() {
    AggregationPlan from = plan(WindowedAggregate.sliding(AggregateFunction.MEDIAN, 0, 1_000));
    MemoryChunkStore store = stored(from);
    assertThat(store.pageCount()).isPositive();

    convert(from, plan(WindowedAggregate.sliding(AggregateFunction.SUM, 0, 1_000)), store);
    assertThat(store.pageCount()).isZero();
  }

  @Test
  void refusesALifetimeOfWhichMoreIsKeptThanWas() {
    WindowedAggregate sum = lifetime(AggregateFunction.SUM);
    PlanChange change = change(plan(sum), plan(lifetime(AggregateFunction.VAR_POP), sum));

    assertThat(Evolution.lost(change)).containsExactly(sum);
    assertThatThrownBy(() -> new Evolution(change)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Evolution.lost(change(plan(lifetime(AggregateFunction.VAR_POP), sum), plan(sum))))
        .isEmpty();
  }

  @Test
  void refusesValuesOfAColumnThatHasOnlyMarks() {
    PlanChange change =
        change(plan(lifetime(AggregateFunction.COUNT)), plan(lifetime(AggregateFunction.MAX)));

    assertThatThrownBy(() -> new Evolution(change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 0 needs values, of which column 0 has only marks");
  }

  private static WindowedAggregate lifetime(AggregateFunction function) {
    return new WindowedAggregate(function, null, 0, WindowedAggregate.NO_COLUMN, LIFETIME);
  }

  private static AggregationPlan plan(WindowedAggregate... aggregates) {
    return new AggregationPlan(List.of(ValueType.DOUBLE), List.of(aggregates));
  }

  private static PlanChange change(AggregationPlan from, AggregationPlan to) {
    return new PlanChange(from, to, List.of(0), PlanChange.EVERY_EVENT, PlanChange.UNKNOWN, null);
  }

  private EntityState state;

  private MemoryChunkStore stored(AggregationPlan plan) {
    EntityEngine engine = new EntityEngine(plan, 0, Object[]::clone);
    MemoryChunkStore store = new MemoryChunkStore(engine.codec());
    state = engine.create(Long.MIN_VALUE);
    IntStream.range(0, EVENTS)
        .forEach(
            i ->
                engine.load(
                    state, store, new Event(i, new byte[] {1}, new Object[] {i * 37 % 499 / 8.0})));
    return store;
  }

  private void convert(AggregationPlan from, AggregationPlan to, MemoryChunkStore store) {
    MemoryChunkStore changed =
        new MemoryChunkStore(new EntityEngine(to, 0, Object[]::clone).codec(), store);
    state = new Evolution(change(from, to)).convert(state, store, changed);
  }
}
