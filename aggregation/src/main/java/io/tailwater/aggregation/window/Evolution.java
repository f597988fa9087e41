// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.WindowedAggregate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes entities from one plan to another. Both cursors stay where they stand: nothing is emitted,
 * and no time passes.
 *
 * <p>What both plans keep of a window is taken over as it is, so that aggregates that both have
 * keep their bits. What is new is computed of the events that the log still holds – those of the
 * old plan's longest window and of the allowed lateness at least – with null in columns that were
 * not logged. Of a lifetime nothing can be computed that is older than that.
 *
 * <p>Not thread-safe.
 */
public final class Evolution {
  private final PlanChange change;
  private final Layout from;
  private final Layout to;
  private final LogChange log;
  private final EntityStateCodec oldCodec;

  /**
   * @throws IllegalArgumentException if a column needs values of which the old one has only marks,
   *     or an aggregate is {@linkplain #lost lost}
   */
  public Evolution(PlanChange change) {
    this.change = requireNonNull(change, "change is null");
    this.from = new Layout(change.from(), overflowed -> {});
    this.to = new Layout(change.to(), overflowed -> {});
    this.log = new LogChange(change, from, to);
    this.oldCodec = new EntityStateCodec(from);
    List<WindowedAggregate> lost = lost(change);
    if (!lost.isEmpty()) {
      throw new IllegalArgumentException("%s cannot be taken over".formatted(lost));
    }
  }

  /** The codec of what is to be changed. */
  public EntityStateCodec oldCodec() {
    return oldCodec;
  }

  /**
   * The aggregates of the new plan that the old one has as well and that would be lost: those over
   * a lifetime of which the new plan keeps more than the old one did, since another one beside them
   * needs more.
   */
  public static List<WindowedAggregate> lost(PlanChange change) {
    Layout from = new Layout(change.from(), overflowed -> {});
    Layout to = new Layout(change.to(), overflowed -> {});
    List<WindowedAggregate> lost = new ArrayList<>();
    for (WindowedAggregate aggregate : change.to().aggregates()) {
      int before = from.indexOf(aggregate.window());
      WindowLayout window = to.window(to.indexOf(aggregate.window()));
      int cell = window.cellOf(aggregate);
      if (before >= 0
          && window.isLifetime()
          && cell >= 0
          && isOfBoth(aggregate, change)
          && window.cellIn(from.window(before), cell, change) < 0) {
        lost.add(aggregate);
      }
    }
    return lost;
  }

  private static boolean isOfBoth(WindowedAggregate aggregate, PlanChange change) {
    int column = change.origin(aggregate.column());
    int byColumn = change.origin(aggregate.byColumn());
    return column >= 0
        && (byColumn >= 0 || aggregate.byColumn() == WindowedAggregate.NO_COLUMN)
        && change
            .from()
            .aggregates()
            .contains(
                new WindowedAggregate(
                    aggregate.function(),
                    aggregate.parameter(),
                    column,
                    byColumn,
                    aggregate.window()));
  }

  /**
   * Takes an entity over. Of the closed chunks those of {@code from} are removed and put into
   * {@code to}; event ids and pages are the same in both.
   *
   * @param old the entity's state by the old plan, not to be used any more
   * @return its state by the new plan
   */
  public EntityState convert(EntityState old, ChunkStore from, ChunkStore to) {
    Chunk open = log.open(old);
    Pointer pending = new Pointer(open.id(), Pointer.NOWHERE);
    EntityState state =
        new EntityState(
            open,
            log.openIds(old),
            pending,
            this.to.newFrames(open.id()),
            this.to.newFrames(open.id()),
            base(old),
            new ArrayList<>());
    copyCounters(old, state);
    EntityPages pages = new EntityPages(state, to);
    FrameChange[] arrival = changes(old.arrival, state.arrival, old.arrivalInstant, state, pages);
    FrameChange[] finished = changes(old.finished, state.finished, old.finalInstant, state, pages);
    log.rewrite(
        old,
        from,
        to,
        state,
        (chunk, index) -> {
          for (int i = 0; i < arrival.length; i++) {
            arrival[i].visit(chunk, index);
            finished[i].visit(chunk, index);
          }
          if (pending.isNowhere() && chunk.timeAt(index) > old.finalInstant) {
            pending.chunk = chunk.id();
            pending.time = chunk.timeAt(index);
          }
        });
    for (int i = 0; i < arrival.length; i++) {
      state.arrival[i] = arrival[i].frame();
      state.finished[i] = finished[i].frame();
    }
    return state;
  }

  private static void copyCounters(EntityState old, EntityState state) {
    state.eventCount = old.eventCount;
    state.arrivalInstant = old.arrivalInstant;
    state.finalInstant = old.finalInstant;
    state.newestEvent = old.newestEvent;
    state.lastCreated = old.lastCreated;
    state.wakeUp = old.wakeUp;
    state.nextChunkId = old.nextChunkId;
    state.nextPageId = old.nextPageId;
  }

  private @Nullable Object[][] base(EntityState old) {
    @Nullable Object[][] base = to.newBase();
    for (int i = 0; i < base.length; i++) {
      int before = from.indexOf(to.window(i).window());
      for (int slot = 0; slot < base[i].length && before >= 0; slot++) {
        int slotBefore = to.window(i).slotIn(from.window(before), slot, change);
        base[i][slot] = slotBefore < 0 ? null : old.base[before][slotBefore];
      }
    }
    return base;
  }

  private FrameChange[] changes(
      Frame[] old, Frame[] empty, long instant, EntityState state, EntityPages pages) {
    FrameChange[] changes = new FrameChange[empty.length];
    for (int i = 0; i < changes.length; i++) {
      WindowLayout window = to.window(i);
      changes[i] = new FrameChange(window, instant, empty[i], state.base[i], pages);
      int before = from.indexOf(window.window());
      if (before >= 0) {
        changes[i].takeOver(old[before], from.window(before), change);
      }
    }
    clearOthers(old, pages);
    return changes;
  }

  /** Removes the pages of cells that are not taken over. */
  private void clearOthers(Frame[] old, EntityPages pages) {
    for (int i = 0; i < old.length; i++) {
      int after = to.indexOf(from.window(i).window());
      boolean[] taken = new boolean[old[i].cells.length];
      for (int cell = 0; after >= 0 && cell < to.window(after).cellCount(); cell++) {
        int before = to.window(after).cellIn(from.window(i), cell, change);
        if (before >= 0) {
          taken[before] = true;
        }
      }
      for (int cell = 0; cell < taken.length; cell++) {
        if (!taken[cell]) {
          old[i].cells[cell].clear(pages);
        }
      }
    }
  }
}
