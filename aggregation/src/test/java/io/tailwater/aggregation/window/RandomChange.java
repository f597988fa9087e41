// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.random.RandomPlan;
import io.tailwater.aggregation.random.TimeScale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random change of a plan: some of its columns in another order, with new ones among them; some
 * of its aggregates, with new ones over old and new columns and windows.
 *
 * @param sameAs for each new aggregate the index of the equal one of the old plan, or −1
 */
record RandomChange(PlanChange change, int[] sameAs) {
  private static final int TRIES = 1_000;

  /**
   * @param mark a column of {@code from} that has a value in each event that has any
   */
  static RandomChange of(Random random, TimeScale scale, AggregationPlan from, int mark) {
    for (int i = 0; i < TRIES; i++) {
      RandomChange change = draw(random, scale, from, mark);
      if (change != null && Evolution.lost(change.change()).isEmpty()) {
        return change;
      }
    }
    throw new IllegalStateException("no change found");
  }

  private static RandomChange draw(Random random, TimeScale scale, AggregationPlan from, int mark) {
    AggregationPlan other = RandomPlan.next(random, scale);
    List<Integer> columns = new ArrayList<>();
    IntStream.range(0, from.columns().size())
        .filter(column -> random.nextInt(5) > 0)
        .forEach(columns::add);
    // Those of the other plan come behind the old ones' numbers.
    IntStream.range(0, other.columns().size())
        .forEach(column -> columns.add(from.columns().size() + column));
    Collections.shuffle(columns, random);
    List<ValueType> types = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    for (int column : columns) {
      boolean old = column < from.columns().size();
      types.add(
          old ? from.columns().get(column) : other.columns().get(column - from.columns().size()));
      origins.add(old ? column : PlanChange.UNKNOWN);
    }
    List<WindowedAggregate> aggregates = new ArrayList<>();
    from.aggregates().forEach(each -> add(each, 0, columns, random, aggregates));
    other
        .aggregates()
        .forEach(each -> add(each, from.columns().size(), columns, random, aggregates));
    addMixed(random, from, other, types, aggregates);
    Collections.shuffle(aggregates, random);
    if (aggregates.isEmpty()) {
      return null;
    }
    AggregationPlan to = new AggregationPlan(types, aggregates);
    return of(random, from, to, origins, mark);
  }

  private static void add(
      WindowedAggregate aggregate,
      int offset,
      List<Integer> columns,
      Random random,
      List<WindowedAggregate> aggregates) {
    int column = renumbered(aggregate.column(), offset, columns);
    int byColumn = renumbered(aggregate.byColumn(), offset, columns);
    boolean gone =
        (column < 0) != (aggregate.column() < 0) || (byColumn < 0) != (aggregate.byColumn() < 0);
    if (!gone && random.nextInt(4) > 0) {
      WindowedAggregate same =
          new WindowedAggregate(
              aggregate.function(), aggregate.parameter(), column, byColumn, aggregate.window());
      if (!aggregates.contains(same)) {
        aggregates.add(same);
      }
    }
  }

  private static int renumbered(int column, int offset, List<Integer> columns) {
    return column < 0 ? column : columns.indexOf(column + offset);
  }

  /** Aggregates of either plan over any column and any window of both. */
  private static void addMixed(
      Random random,
      AggregationPlan from,
      AggregationPlan other,
      List<ValueType> types,
      List<WindowedAggregate> aggregates) {
    List<WindowedAggregate> all = new ArrayList<>(from.aggregates());
    all.addAll(other.aggregates());
    for (int i = random.nextInt(4); i > 0; i--) {
      WindowedAggregate of = all.get(random.nextInt(all.size()));
      WindowedAggregate over = all.get(random.nextInt(all.size()));
      int column = random.nextInt(types.size());
      if (of.function() == AggregateFunction.COUNT_ALL) {
        column = WindowedAggregate.NO_COLUMN;
      } else if (of.function().resultType(types.get(column)).isEmpty()) {
        continue;
      }
      WindowedAggregate mixed =
          new WindowedAggregate(
              of.function(), of.parameter(), column, WindowedAggregate.NO_COLUMN, over.window());
      if (!aggregates.contains(mixed)) {
        aggregates.add(mixed);
      }
    }
  }

  private static RandomChange of(
      Random random, AggregationPlan from, AggregationPlan to, List<Integer> origins, int mark) {
    Column.Form[] oldForms = new Layout(from, overflowed -> {}).forms();
    Column.Form[] newForms = new Layout(to, overflowed -> {}).forms();
    List<Integer> possible = new ArrayList<>();
    for (int i = 0; i < newForms.length; i++) {
      int origin = origins.get(i);
      boolean lacksValues =
          origin >= 0
              && oldForms[origin] == Column.Form.PRESENCE
              && newForms[i] != Column.Form.PRESENCE;
      boolean marks =
          origin < 0 && to.columns().get(i).equals(ValueType.BOOL) && random.nextInt(3) == 0;
      possible.add(lacksValues ? PlanChange.UNKNOWN : marks ? PlanChange.EVERY_EVENT : origin);
    }
    int counted =
        switch (random.nextInt(6)) {
          case 0 -> PlanChange.UNKNOWN;
          case 1 -> mark;
          default -> PlanChange.EVERY_EVENT;
        };
    Byte prefix = random.nextInt(3) == 0 ? (Byte) (byte) random.nextInt(100) : null;
    PlanChange change = new PlanChange(from, to, possible, counted, PlanChange.UNKNOWN, prefix);
    return new RandomChange(change, sameAs(change));
  }

  private static int[] sameAs(PlanChange change) {
    return change.to().aggregates().stream()
        .mapToInt(aggregate -> indexOf(aggregate, change))
        .toArray();
  }

  private static int indexOf(WindowedAggregate aggregate, PlanChange change) {
    boolean counts = aggregate.function() == AggregateFunction.COUNT_ALL;
    if (counts && change.counted() != PlanChange.EVERY_EVENT) {
      return -1;
    }
    int column = counts ? aggregate.column() : change.origins().get(aggregate.column());
    int byColumn =
        aggregate.byColumn() < 0
            ? aggregate.byColumn()
            : change.origins().get(aggregate.byColumn());
    if ((!counts && column < 0) || (aggregate.byColumn() >= 0 && byColumn < 0)) {
      return -1;
    }
    return change
        .from()
        .aggregates()
        .indexOf(
            new WindowedAggregate(
                aggregate.function(), aggregate.parameter(), column, byColumn, aggregate.window()));
  }

  Layout to() {
    return new Layout(change.to(), overflowed -> {});
  }

  /** Whether an event stays in the log. */
  boolean keeps(Object[] values) {
    int counted = change.counted();
    return counted == PlanChange.EVERY_EVENT
        || (counted >= 0 && values[counted] != null)
        || change.origins().stream().anyMatch(origin -> origin >= 0 && values[origin] != null);
  }

  /** What the log then holds of it. */
  Object[] valuesOf(Object[] values) {
    return change.origins().stream()
        .map(
            origin ->
                origin >= 0
                    ? values[origin]
                    : origin == PlanChange.EVERY_EVENT ? (Object) true : null)
        .toArray();
  }
}
