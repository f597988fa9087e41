// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregateFunction.Basis;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Readings;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of one window hold: a {@link Cell} for what can be taken back and a slot of
 * {@link Summary} for what cannot, each once however many aggregates read of it.
 */
final class WindowLayout {
  /** What is kept of a column, in full or by category. */
  private record Kept(Basis basis, int most, int column, int byColumn) {}

  private final Window window;
  private final List<ValueType> columns;
  private final List<Kept> cells = new ArrayList<>();
  private final List<Kept> slots = new ArrayList<>();
  private final Summary[] summaries;

  WindowLayout(AggregationPlan plan, Window window) {
    this.window = window;
    this.columns = plan.columns();
    for (WindowedAggregate aggregate : plan.aggregates()) {
      if (aggregate.window().equals(window)) {
        require(aggregate);
      }
    }
    this.summaries = slots.stream().map(this::newSummary).toArray(Summary[]::new);
  }

  private void require(WindowedAggregate aggregate) {
    Kept kept = kept(aggregate);
    if (kept.basis() == Basis.NOTHING) {
      return;
    }
    List<Kept> list = isSummary(kept.basis()) ? slots : cells;
    if (find(list, kept) < 0) {
      // What is asked for now holds all that the weaker ones of the same values do.
      list.removeIf(present -> contains(kept, present));
      list.add(kept);
    }
  }

  private static Kept kept(WindowedAggregate aggregate) {
    Basis basis = aggregate.function().basis(aggregate.window());
    BigDecimal parameter = aggregate.parameter();
    boolean counts = aggregate.function().parameter() == AggregateFunction.Parameter.COUNT;
    int most = counts && isSummary(basis) ? requireNonNull(parameter).intValueExact() : 1;
    return new Kept(basis, most, aggregate.column(), aggregate.byColumn());
  }

  private static boolean isSummary(Basis basis) {
    return basis.compareTo(Basis.LEAST) >= 0;
  }

  private static int find(List<Kept> list, Kept wanted) {
    for (int i = 0; i < list.size(); i++) {
      if (contains(list.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether all that is asked of one can be read of the other: of sums, counts can. */
  private static boolean contains(Kept kept, Kept wanted) {
    boolean moments =
        kept.basis().compareTo(Basis.SQUARES) <= 0
            && wanted.basis().compareTo(kept.basis()) <= 0
            && wanted.basis() != Basis.NOTHING;
    return (kept.basis() == wanted.basis() || moments)
        && kept.most() == wanted.most()
        && kept.column() == wanted.column()
        && kept.byColumn() == wanted.byColumn();
  }

  Window window() {
    return window;
  }

  /** The number of cells of a frame. */
  int cellCount() {
    return cells.size();
  }

  /** The cell that an aggregate is read of; −1 if it is read of none. */
  int cellOf(WindowedAggregate aggregate) {
    return find(cells, kept(aggregate));
  }

  /**
   * The cell of another plan's frames of which all can be read that this one's cell holds; −1 if
   * there is none.
   *
   * @param change from the other plan to this one
   */
  int cellIn(WindowLayout before, int cell, PlanChange change) {
    Kept wanted = origin(cells.get(cell), change);
    for (int i = 0; wanted != null && i < before.cells.size(); i++) {
      Kept present = before.cells.get(i);
      // The cell of a category cannot be read in part.
      if (contains(present, wanted)
          && (wanted.byColumn() == WindowedAggregate.NO_COLUMN || present.equals(wanted))) {
        return i;
      }
    }
    return -1;
  }

  /** The same of a slot. */
  int slotIn(WindowLayout before, int slot, PlanChange change) {
    Kept wanted = origin(slots.get(slot), change);
    return wanted == null ? -1 : before.slots.indexOf(wanted);
  }

  /** The cell that counts the values of a column and does no more; −1 if there is none. */
  int counterOf(int column) {
    return cells.indexOf(new Kept(Basis.COUNT, 1, column, WindowedAggregate.NO_COLUMN));
  }

  /** Whether the cell counts marks of every event that was logged before. */
  boolean countsEveryEvent(int cell, PlanChange change) {
    Kept kept = cells.get(cell);
    return kept.basis() == Basis.COUNT
        && kept.byColumn() == WindowedAggregate.NO_COLUMN
        && change.marksEveryEvent(kept.column());
  }

  /** What is kept, of the columns that they were before; null if of none. */
  private static @Nullable Kept origin(Kept kept, PlanChange change) {
    int column = change.origin(kept.column());
    boolean grouped = kept.byColumn() != WindowedAggregate.NO_COLUMN;
    int byColumn = grouped ? change.origin(kept.byColumn()) : WindowedAggregate.NO_COLUMN;
    return column < 0 || (grouped && byColumn < 0)
        ? null
        : new Kept(kept.basis(), kept.most(), column, byColumn);
  }

  boolean isLifetime() {
    return window instanceof Window.Lifetime;
  }

  /** Whether an event enters later than it happens. */
  boolean lags() {
    return window instanceof Window.Sliding sliding && sliding.offsetMillis() > 0;
  }

  /** Whether an event of {@code time} is in the window at {@code instant}. */
  boolean holds(long instant, long time) {
    return time <= window.upperEnd(instant) && time >= window.lowerEnd(instant);
  }

  boolean hasSummaries() {
    return summaries.length > 0;
  }

  int summaryCount() {
    return summaries.length;
  }

  Summary summary(int slot) {
    return summaries[slot];
  }

  boolean keepsOrder() {
    return cells.stream()
        .anyMatch(kept -> kept.basis() == Basis.ORDER || kept.basis() == Basis.BINS);
  }

  Cell[] newCells() {
    Cell[] made = new Cell[cells.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = newCell(cells.get(i));
    }
    return made;
  }

  private Cell newCell(Kept kept) {
    ValueType type = columns.get(kept.column());
    if (kept.byColumn() == WindowedAggregate.NO_COLUMN) {
      return newCell(kept, type);
    }
    return new GroupedCell(kept.byColumn(), () -> newCell(kept, type));
  }

  private static Cell newCell(Kept kept, ValueType type) {
    return switch (kept.basis()) {
      case ORDER -> new OrderCell(kept.column(), type, false);
      case BINS -> new OrderCell(kept.column(), type, true);
      case COUNT, SUM, SQUARES -> Moments.create(kept.column(), type, kept.basis());
      default -> throw new IllegalStateException("no cell keeps %s".formatted(kept));
    };
  }

  private Summary newSummary(Kept kept) {
    ValueType type = columns.get(kept.column());
    int column = kept.column();
    Summary summary =
        switch (kept.basis()) {
          case LEAST -> new Extreme(column, type, false);
          case GREATEST -> new Extreme(column, type, true);
          case FIRSTS -> new Ends(column, type, true, kept.most());
          case LASTS -> new Ends(column, type, false, kept.most());
          case LAST_DISTINCT -> new LastDistinct(column, type, kept.most());
          case SKETCH -> new Sketch(column, type);
          default -> throw new IllegalStateException("no summary is %s".formatted(kept));
        };
    return kept.byColumn() == WindowedAggregate.NO_COLUMN
        ? summary
        : new GroupedSummary(summary, kept.byColumn());
  }

  Frame newFrame(long openChunk) {
    return new Frame(
        new Pointer(openChunk, Pointer.NOWHERE),
        lags() ? new Pointer(openChunk, Pointer.NOWHERE) : null,
        newCells(),
        new Segments());
  }

  /**
   * Reads an aggregate of this window, which must be of the plan.
   *
   * @param overflowed called for each result that is null since it does not fit its type
   */
  ResultReader reader(WindowedAggregate aggregate, Runnable overflowed) {
    if (aggregate.function() == AggregateFunction.COUNT_ALL) {
      return (frame, pages) -> frame.count;
    }
    Kept kept = kept(aggregate);
    Call call = new Call(aggregate.function(), aggregate.parameter(), overflowed);
    boolean grouped = aggregate.byColumn() != WindowedAggregate.NO_COLUMN;
    return isSummary(kept.basis())
        ? summaryReader(find(slots, kept), grouped, call)
        : cellReader(find(cells, kept), grouped, call);
  }

  private ResultReader summaryReader(int slot, boolean grouped, Call call) {
    Summary summary = summaries[slot];
    if (!grouped) {
      return (frame, pages) -> {
        Object whole = frame.segments.summary(this, slot);
        return call.result(new Summarized(whole == null ? null : summary.result(whole)));
      };
    }
    GroupedSummary groups = (GroupedSummary) summary;
    return (frame, pages) -> {
      Object whole = frame.segments.summary(this, slot);
      return whole == null
          ? new TreeMap<>()
          : call.results(
              GroupedSummary.groups(whole), group -> new Summarized(groups.innerResult(group)));
    };
  }

  private static ResultReader cellReader(int cell, boolean grouped, Call call) {
    return grouped
        ? (frame, pages) ->
            call.results(((GroupedCell) frame.cells[cell]).groups(), group -> group.readings(pages))
        : (frame, pages) -> call.result(frame.cells[cell].readings(pages));
  }

  private record Call(
      AggregateFunction function, @Nullable BigDecimal parameter, Runnable overflowed) {
    @Nullable Object result(Readings readings) {
      Object result = function.result(readings, parameter);
      if (result == null && function.isDefinedOf(readings)) {
        overflowed.run();
      }
      return result;
    }

    /** The result of each category that has one. */
    <T> Map<String, Object> results(SortedMap<String, T> groups, Function<T, Readings> readingsOf) {
      SortedMap<String, Object> results = new TreeMap<>(ValueOrder::compareCodePoints);
      groups.forEach(
          (category, group) -> {
            Object result = result(readingsOf.apply(group));
            if (result != null) {
              results.put(category, result);
            }
          });
      return results;
    }
  }

  private record Summarized(@Nullable Object summary) implements Readings {
    /** As a sketch estimates it. */
    @Override
    public long distinct() {
      return summary == null ? 0 : (Long) summary;
    }
  }
}
