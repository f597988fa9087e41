// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites an entity's log for another plan: chunk by chunk under the same ids, without the events
 * that the new plan does not take.
 */
final class LogChange {
  private final PlanChange change;
  private final Column.Form[] oldForms;
  private final Column.Form[] newForms;

  LogChange(PlanChange change, Layout from, Layout to) {
    this.change = change;
    this.oldForms = from.forms();
    this.newForms = to.forms();
    for (int i = 0; i < newForms.length; i++) {
      int origin = change.origin(i);
      if (origin >= 0
          && oldForms[origin] == Column.Form.PRESENCE
          && newForms[i] != Column.Form.PRESENCE) {
        throw new IllegalArgumentException(
            "column %d needs values, of which column %d has only marks".formatted(i, origin));
      }
    }
  }

  /**
   * Rewrites the closed chunks.
   *
   * @param target has the {@linkplain #open new open chunk} and gets the new oldest ones
   * @param visitor sees every event of the new log, in order
   */
  void rewrite(
      EntityState state, ChunkStore from, ChunkStore to, EntityState target, EventVisitor visitor) {
    Chunk open = target.open;
    Chunk last = null;
    boolean hasIds = false;
    target.oldestChunk = open.id();
    target.oldestIds = open.id();
    for (long id = state.oldestChunk; id != state.open.id(); ) {
      Chunk old = LogReader.load(state, from, id);
      hasIds |= id == state.oldestIds;
      int[] kept = kept(old);
      EventIds ids = hasIds ? requireNonNull(from.getIds(id), "a chunk has no ids") : null;
      from.remove(id);
      if (kept.length == 0) {
        from.removeIds(id);
      } else {
        if (ids != null && (kept.length < old.size() || change.idPrefix() != null)) {
          to.putIds(id, ids.changed(kept, change.idPrefix()));
        }
        Chunk chunk = changed(old, kept).withPrevious(last == null ? old.previous() : last.id());
        visit(chunk, visitor);
        if (last == null) {
          target.oldestChunk = id;
          target.oldestChunkLast = chunk.lastTime();
        } else {
          to.put(last.withNext(id));
        }
        if (hasIds && target.oldestIds == open.id()) {
          target.oldestIds = id;
          target.oldestIdsLast = chunk.lastTime();
        }
        last = chunk;
      }
      id = old.next();
    }
    if (last != null) {
      to.put(last.withNext(open.id()));
    }
    target.open = last == null ? open : open.withPrevious(last.id());
    visit(open, visitor);
  }

  private static void visit(Chunk chunk, EventVisitor visitor) {
    for (int i = 0; i < chunk.size(); i++) {
      visitor.visit(chunk, i);
    }
  }

  /** The open chunk of the new log. */
  Chunk open(EntityState state) {
    return changed(state.open, kept(state.open));
  }

  /** The event ids of the open chunk of the new log. */
  EventIds openIds(EntityState state) {
    return state.openIds.changed(kept(state.open), change.idPrefix());
  }

  private int[] kept(Chunk chunk) {
    return IntStream.range(0, chunk.size()).filter(index -> isKept(chunk, index)).toArray();
  }

  private boolean isKept(Chunk chunk, int index) {
    int counted = change.counted();
    if (counted == PlanChange.EVERY_EVENT
        || (counted >= 0 && !chunk.column(counted).isNull(index))) {
      return true;
    }
    return change.origins().stream()
        .anyMatch(origin -> origin >= 0 && !chunk.column(origin).isNull(index));
  }

  private Chunk changed(Chunk chunk, int[] kept) {
    Column[] columns = new Column[newForms.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(chunk, i, kept);
    }
    long[] times = Arrays.stream(kept).mapToLong(chunk::timeAt).toArray();
    return new Chunk(chunk.id(), chunk.previous(), chunk.next(), kept.length, times, columns);
  }

  private Column column(Chunk chunk, int index, int[] kept) {
    int origin = change.origin(index);
    if (origin >= 0 && oldForms[origin] == newForms[index] && kept.length == chunk.size()) {
      return chunk.column(origin).slice(0, chunk.size());
    }
    Column column = new Column(newForms[index], kept.length);
    for (int i = 0; i < kept.length; i++) {
      column.set(i, value(chunk, kept[i], origin));
    }
    return column;
  }

  private static @Nullable Object value(Chunk chunk, int index, int origin) {
    return switch (origin) {
      case PlanChange.UNKNOWN -> null;
      case PlanChange.EVERY_EVENT -> (Object) true;
      default -> chunk.column(origin).boxedAt(index);
    };
  }
}
