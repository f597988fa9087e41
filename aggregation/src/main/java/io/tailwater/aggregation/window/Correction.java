// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that late events correct. One pass over the stretch of log that matters, with the late
 * events and without them, side by side.
 *
 * <p>A row is written for every instant at which an event arrives or leaves and the two vectors
 * differ – whether a row stood there in the table may depend on earlier corrections – and for every
 * instant that gets its first row.
 */
final class Correction {
  private final Layout layout;
  private final EventLog log;
  private final VectorFunction vectors;

  Correction(Layout layout, EventLog log, VectorFunction vectors) {
    this.layout = layout;
    this.log = log;
    this.vectors = vectors;
  }

  void write(EntityState state, ChunkStore store, Amendments amendments, FeatureOutput out) {
    long from = amendments.earliest();
    long end =
        Math.min(state.finalInstant, Instants.leave(amendments.latest(), layout.longestWindow()));
    Replay amended = new Replay(layout, vectors);
    Replay original = new Replay(layout, vectors);
    load(state, store, amendments, from, end, amended, original);
    amended.moveTo(from - 1);
    original.moveTo(from - 1);
    @Nullable Object[] amendedBefore = amended.vector();
    @Nullable Object[] originalBefore = original.vector();
    for (long step = amended.nextStep(); step <= end; step = amended.nextStep()) {
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

  private void load(
      EntityState state,
      ChunkStore store,
      Amendments amendments,
      long from,
      long end,
      Replay amended,
      Replay original) {
    Map<Long, List<Amendments.Amendment>> late = new HashMap<>();
    for (Amendments.Amendment amendment : amendments.list()) {
      late.computeIfAbsent(amendment.event().time(), time -> new ArrayList<>()).add(amendment);
    }
    long first = Instants.minus(from, layout.longestWindow());
    long chunk = LogReader.chunkBefore(state, store, first);
    LogReader.read(
        state,
        store,
        chunk,
        first,
        end == Long.MAX_VALUE ? end : end + 1,
        (source, index) -> {
          amended.add(source, index);
          if (!late.containsKey(source.timeAt(index))) {
            original.add(source, index);
          }
        });
    for (List<Amendments.Amendment> sameTime : late.values()) {
      addOriginals(state, store, chunk, sameTime, original);
    }
    original.sort();
  }

  /** What stood at the time of late events before they came. */
  private void addOriginals(
      EntityState state,
      ChunkStore store,
      long firstChunk,
      List<Amendments.Amendment> sameTime,
      Replay original) {
    Chunk before = log.newChunk(0, Chunk.NONE);
    long time = sameTime.get(0).event().time();
    List<@Nullable Object[]> present = new ArrayList<>();
    LogReader.read(
        state,
        store,
        firstChunk,
        time,
        time + 1,
        (source, index) -> present.add(source.valuesAt(index)));
    for (Amendments.Amendment amendment : sameTime) {
      removeOne(present, layout.stored(amendment.event().values()));
    }
    for (Amendments.Amendment amendment : sameTime) {
      if (amendment.replaced() != null) {
        present.add(amendment.replaced());
      }
    }
    for (@Nullable Object[] values : present) {
      if (before.size() == Chunk.MAX_EVENTS) {
        before = log.newChunk(0, Chunk.NONE);
      }
      before.insert(before.size(), time, values);
      original.add(before, before.size() - 1);
    }
  }

  private static void removeOne(List<@Nullable Object[]> contents, @Nullable Object[] content) {
    for (int i = 0; i < contents.size(); i++) {
      if (ValueOrder.compareContents(contents.get(i), content) == 0) {
        contents.remove(i);
        return;
      }
    }
    throw new IllegalStateException("a late event is not in the log: the state is damaged");
  }
}
