// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.window.Amendments.Amendment;
import java.util.Arrays;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows that late events correct. One pass over the stretch of log that matters, with the late
 * events and without them, side by side.
 *
 * <p>A row is written for every instant at which an event arrives or leaves and the two vectors
 * differ – whether a row stood there in the table may depend on earlier corrections – and for every
 * instant that gets its first row. Instants of rows that were published without a step count as
 * steps here.
 */
final class Correction {
  private final Layout layout;
  private final EventLog log;
  private final VectorFunction vectors;
  private final NavigableSet<Long> published;

  /**
   * @param published see {@link EntityEngine.Past#rowsAt}
   */
  Correction(Layout layout, EventLog log, VectorFunction vectors, NavigableSet<Long> published) {
    this.layout = layout;
    this.log = log;
    this.vectors = vectors;
    this.published = published;
  }

  void write(EntityState state, ChunkStore store, Amendments amendments, FeatureOutput out) {
    long from = amendments.earliest();
    long end =
        layout.hasLifetime()
            ? state.finalInstant
            : Math.min(state.finalInstant, layout.leavesAll(amendments.latest()));
    Replay amended = new Replay(layout, vectors, state, store);
    Replay original = new Replay(layout, vectors, state, store);
    load(state, store, amendments, from, end, amended, original);
    original.startBefore(from, amended);
    amended.startBefore(from, amended);
    @Nullable Object[] amendedBefore = amended.vector();
    @Nullable Object[] originalBefore = original.vector();
    for (long step = nextStep(amended, from - 1); step <= end; step = nextStep(amended, step)) {
      if (step == Long.MAX_VALUE) {
        return;
      }
      boolean originalEvent = original.hasEventAt(step);
      boolean amendedEvent = amended.hasEventAt(step);
      amended.moveTo(step);
      original.moveTo(step);
      @Nullable Object[] amendedNow = amended.vector();
      @Nullable Object[] originalNow = original.vector();
      boolean hadRow = originalEvent || !Arrays.deepEquals(originalNow, originalBefore);
      boolean hasRow = amendedEvent || !Arrays.deepEquals(amendedNow, amendedBefore);
      if (!Arrays.deepEquals(amendedNow, originalNow) || (hasRow && !hadRow)) {
        out.offline(step, amendedNow);
      }
      amendedBefore = amendedNow;
      originalBefore = originalNow;
    }
  }

  private long nextStep(Replay replay, long after) {
    Long row = published.higher(after);
    return row == null ? replay.nextStep() : Math.min(row, replay.nextStep());
  }

  /** Gives both replays the events that count in any window from just before {@code from} on. */
  private void load(
      EntityState state,
      ChunkStore store,
      Amendments amendments,
      long from,
      long end,
      Replay amended,
      Replay original) {
    long first = layout.hasLifetime() ? Long.MIN_VALUE : layout.lowerEnd(from - 1);
    long chunk = LogReader.chunkBefore(state, store, first);
    IdReader ids = new IdReader(state, store);
    LogReader.read(
        state,
        store,
        chunk,
        first,
        end == Long.MAX_VALUE ? end : end + 1,
        (source, index) -> {
          amended.add(source, index);
          Amendment amendment = find(amendments, source, index, ids);
          if (amendment == null) {
            original.add(source, index);
          } else if (amendment.replaced() != null) {
            Chunk before = log.firstChunk();
            before.insert(0, source.timeAt(index), amendment.replaced());
            original.add(before, 0);
          }
        });
  }

  private static @Nullable Amendment find(
      Amendments amendments, Chunk chunk, int index, IdReader ids) {
    long time = chunk.timeAt(index);
    for (Amendment amendment : amendments.at(time)) {
      if (ids.of(chunk).compare(amendment.event().id(), index) == 0) {
        return amendment;
      }
    }
    return null;
  }

  /** The ids of the events of a chunk, read once while the chunk is the same. */
  private static final class IdReader {
    private final EntityState state;
    private final ChunkStore store;
    private long chunk = Chunk.NONE;
    private @Nullable EventIds ids;

    IdReader(EntityState state, ChunkStore store) {
      this.state = state;
      this.store = store;
    }

    EventIds of(Chunk source) {
      if (source == state.open) {
        return state.openIds;
      }
      if (source.id() != chunk) {
        chunk = source.id();
        ids = store.getIds(chunk);
      }
      return requireNonNull(ids, "a chunk with late events has no ids");
    }
  }
}
