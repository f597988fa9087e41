// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The log of one entity's events, in the order (time, event id), as a linked list of chunks of
 * which the newest is open. Finding an event's place is what finds its duplicate, too.
 *
 * <p>An event in order costs no access to the store but when a chunk is full; one that is out of
 * order by more than the open chunk costs a few, from the newest chunk or from where the last such
 * event went, whichever is nearer.
 */
final class EventLog {
  /** Where an event stands, or the equal one that stood there before. */
  record Place(Chunk chunk, int index, boolean inserted) {}

  /** Where an event belongs: before {@code index} of {@code chunk}, or at it if it is there. */
  private record Spot(Chunk chunk, EventIds ids, int index, boolean found) {}

  private final Column.Form[] forms;

  private final int chunkEvents;

  /**
   * @param chunkEvents events in a chunk when it is closed; chunks that get events afterwards grow
   *     to twice as many
   */
  EventLog(Column.Form[] forms, int chunkEvents) {
    this.forms = forms;
    this.chunkEvents = chunkEvents;
  }

  /** The open chunk of a log without events. Most entities have few, so it has little room. */
  Chunk firstChunk() {
    return newChunk(0, Chunk.NONE, Column.grown(0));
  }

  private Chunk newChunk(long id, long previous, int capacity) {
    Column[] columns = new Column[forms.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column(forms[i], capacity);
    }
    return new Chunk(id, previous, Chunk.NONE, 0, new long[capacity], columns);
  }

  /** Inserts the event, or finds the one with the same time and id. */
  Place insert(EntityState state, ChunkStore store, Event event) {
    Chunk open = state.open;
    int size = open.size();
    if (size == 0
        ? isBehindClosed(state, store, event)
        : compare(event, open, state.openIds, size - 1) > 0) {
      if (size >= chunkEvents) {
        seal(state, store, size);
      }
      return intoOpen(state, event, state.open.size());
    }
    boolean onlyOpen = state.oldestChunk == open.id();
    if (!onlyOpen && (size == 0 || compare(event, open, state.openIds, 0) < 0)) {
      return intoClosed(state, store, event);
    }
    Spot spot = search(event, open, state.openIds);
    if (spot.found()) {
      return new Place(open, spot.index(), false);
    }
    if (size < 2 * chunkEvents - 1) {
      return intoOpen(state, event, spot.index());
    }
    seal(state, store, size / 2);
    return insert(state, store, event);
  }

  /**
   * Whether an event stands behind all closed chunks. An evolution may leave none in the open one.
   */
  private static boolean isBehindClosed(EntityState state, ChunkStore store, Event event) {
    if (state.oldestChunk == state.open.id()) {
      return true;
    }
    Chunk last = LogReader.load(state, store, state.open.previous());
    EventIds ids = store.getIds(last.id());
    return ids == null || compare(event, last, ids, last.size() - 1) > 0;
  }

  private static Place intoOpen(EntityState state, Event event, int index) {
    state.open.insert(index, event.time(), event.values());
    state.openIds.add(index, event.id());
    return new Place(state.open, index, true);
  }

  private Place intoClosed(EntityState state, ChunkStore store, Event event) {
    Chunk chunk = locate(state, store, event);
    EventIds ids = store.getIds(chunk.id());
    if (ids == null) {
      // Its ids have gone because all of its events are older than any that is still accepted, so
      // this one stands behind them all: at the head of the next chunk.
      Chunk next = LogReader.load(state, store, chunk.next());
      if (next == state.open) {
        return atHeadOfOpen(state, store, event);
      }
      EventIds nextIds = requireNonNull(store.getIds(next.id()), "the next chunk has no ids");
      return insertAt(state, store, event, new Spot(next, nextIds, 0, false));
    }
    Spot spot = search(event, chunk, ids);
    return spot.found()
        ? new Place(chunk, spot.index(), false)
        : insertAt(state, store, event, spot);
  }

  private Place atHeadOfOpen(EntityState state, ChunkStore store, Event event) {
    if (state.open.size() < 2 * chunkEvents - 1) {
      return intoOpen(state, event, 0);
    }
    seal(state, store, state.open.size() / 2);
    return insert(state, store, event);
  }

  /** The last closed chunk that begins at or before the event; the oldest if there is none. */
  private Chunk locate(EntityState state, ChunkStore store, Event event) {
    Chunk chunk = LogReader.load(state, store, state.open.previous());
    if (beginsAtOrBefore(store, chunk, event)) {
      return chunk;
    }
    Chunk near = state.finger == chunk.id() ? null : store.get(state.finger);
    if (near != null
        && Math.abs(near.firstTime() - event.time()) < Math.abs(chunk.firstTime() - event.time())) {
      chunk = near;
    }
    while (chunk.id() != state.oldestChunk && !beginsAtOrBefore(store, chunk, event)) {
      chunk = LogReader.load(state, store, chunk.previous());
    }
    while (chunk.next() != state.open.id()) {
      Chunk next = LogReader.load(state, store, chunk.next());
      if (!beginsAtOrBefore(store, next, event)) {
        break;
      }
      chunk = next;
    }
    return chunk;
  }

  private static boolean beginsAtOrBefore(ChunkStore store, Chunk chunk, Event event) {
    if (chunk.firstTime() != event.time()) {
      return chunk.firstTime() < event.time();
    }
    EventIds ids = requireNonNull(store.getIds(chunk.id()), "a chunk of this time has no ids");
    return ids.compare(event.id(), 0) >= 0;
  }

  private static Spot search(Event event, Chunk chunk, EventIds ids) {
    int low = 0;
    int high = chunk.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(event, chunk, ids, middle);
      if (order == 0) {
        return new Spot(chunk, ids, middle, true);
      }
      if (order > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new Spot(chunk, ids, low, false);
  }

  private static int compare(Event event, Chunk chunk, EventIds ids, int index) {
    int order = Long.compare(event.time(), chunk.timeAt(index));
    return order != 0 ? order : ids.compare(event.id(), index);
  }

  private Place insertAt(EntityState state, ChunkStore store, Event event, Spot spot) {
    Chunk old = spot.chunk();
    Chunk chunk = old.copy();
    chunk.insert(spot.index(), event.time(), event.values());
    EventIds ids = spot.ids().copy();
    ids.add(spot.index(), event.id());
    if (chunk.size() <= 2 * chunkEvents) {
      put(state, store, chunk, ids);
      state.finger = chunk.id();
      return new Place(chunk, spot.index(), true);
    }
    int half = chunk.size() / 2;
    long rightId = state.nextChunkId++;
    Chunk left = chunk.slice(0, half, chunk.id(), chunk.previous(), rightId);
    Chunk right = chunk.slice(half, chunk.size(), rightId, chunk.id(), chunk.next());
    put(state, store, left, ids.slice(0, half));
    put(state, store, right, ids.slice(half, ids.size()));
    relink(state, store, right);
    boolean inLeft = spot.index() < half;
    state.finger = inLeft ? left.id() : rightId;
    return inLeft
        ? new Place(left, spot.index(), true)
        : new Place(right, spot.index() - half, true);
  }

  /** Makes the chunk behind a new one know it. */
  private void relink(EntityState state, ChunkStore store, Chunk inserted) {
    if (inserted.next() == state.open.id()) {
      state.open = state.open.withPrevious(inserted.id());
    } else {
      putValues(
          state, store, LogReader.load(state, store, inserted.next()).withPrevious(inserted.id()));
    }
  }

  private static void put(EntityState state, ChunkStore store, Chunk chunk, EventIds ids) {
    putValues(state, store, chunk);
    store.putIds(chunk.id(), ids);
  }

  private static void putValues(EntityState state, ChunkStore store, Chunk chunk) {
    store.put(chunk);
    for (int i = 0; i < state.pages.size(); i++) {
      if (state.pages.get(i).id() == chunk.id()) {
        state.pages.set(i, chunk);
      }
    }
    if (chunk.id() == state.oldestChunk) {
      state.oldestChunkLast = chunk.lastTime();
    }
    if (chunk.id() == state.oldestIds) {
      state.oldestIdsLast = chunk.lastTime();
    }
  }

  /** Closes the first {@code count} events of the open chunk. */
  private void seal(EntityState state, ChunkStore store, int count) {
    Chunk open = state.open;
    long nextId = state.nextChunkId++;
    boolean whole = count == open.size();
    Chunk closed =
        whole ? open.withNext(nextId) : open.slice(0, count, open.id(), open.previous(), nextId);
    state.open =
        whole
            ? newChunk(nextId, closed.id(), chunkEvents)
            : open.slice(count, open.size(), nextId, closed.id(), Chunk.NONE);
    put(state, store, closed, state.openIds.removeFirst(count));
    for (Pointer pointer : state.pointers()) {
      if (pointer.chunk == closed.id() && pointer.time > closed.lastTime()) {
        pointer.chunk = nextId;
      }
    }
    if (state.hasArrivalPointerIn(closed.id())) {
      state.pages.add(closed);
    }
  }

  /** Replaces an event's values; the chunk with the new ones. */
  Chunk replace(EntityState state, ChunkStore store, Place place, @Nullable Object[] values) {
    if (place.chunk() == state.open) {
      state.open.replace(place.index(), values);
      return state.open;
    }
    Chunk chunk = place.chunk().copy();
    chunk.replace(place.index(), values);
    putValues(state, store, chunk);
    return chunk;
  }

  /** Mends a pointer whose bound is at or before the time of an event that was inserted. */
  void notice(EntityState state, ChunkStore store, Pointer pointer, Place place) {
    long time = place.chunk().timeAt(place.index());
    if (time < pointer.time) {
      pointer.time = time;
      pointer.chunk = place.chunk().id();
    } else if (time == pointer.time
        && place.chunk() != state.open
        && pointer.chunk != place.chunk().id()) {
      Chunk chunk = place.chunk();
      while (chunk.id() != state.oldestChunk) {
        Chunk previous = LogReader.load(state, store, chunk.previous());
        if (previous.lastTime() < time) {
          break;
        }
        chunk = previous;
      }
      pointer.chunk = chunk.id();
    }
  }

  /**
   * Removes chunks of which all events are before {@code eventsFrom}, and the ids of those of which
   * all are before {@code idsFrom}.
   *
   * @param forgotten sees the events that go, in order
   */
  void expire(
      EntityState state, ChunkStore store, long eventsFrom, long idsFrom, EventVisitor forgotten) {
    while (state.oldestIds != state.open.id() && state.oldestIdsLast < idsFrom) {
      long next = LogReader.load(state, store, state.oldestIds).next();
      store.removeIds(state.oldestIds);
      state.oldestIds = next;
      if (next != state.open.id()) {
        state.oldestIdsLast = LogReader.load(state, store, next).lastTime();
      }
    }
    while (state.oldestChunk != state.open.id() && state.oldestChunkLast < eventsFrom) {
      Chunk oldest = LogReader.load(state, store, state.oldestChunk);
      for (int i = 0; i < oldest.size(); i++) {
        forgotten.visit(oldest, i);
      }
      long next = oldest.next();
      store.remove(state.oldestChunk);
      for (Pointer pointer : state.pointers()) {
        // After a split a pointer may stand in the chunk before the one that holds its event.
        if (pointer.chunk == state.oldestChunk) {
          pointer.chunk = next;
        }
      }
      state.oldestChunk = next;
      if (next != state.open.id()) {
        state.oldestChunkLast = LogReader.load(state, store, next).lastTime();
      }
    }
  }

  /**
   * Drops the pages that no pointer stands in which is likely to move soon: those of the arrival
   * cursor move with every event, those of the final one only when the watermark does.
   *
   * @param finalMoves whether the final cursor has just moved
   */
  static void prune(EntityState state, boolean finalMoves) {
    for (int i = state.pages.size() - 1; i >= 0; i--) {
      long page = state.pages.get(i).id();
      if (!state.hasArrivalPointerIn(page) && !(finalMoves && state.hasFinalPointerIn(page))) {
        state.pages.remove(i);
      }
    }
  }
}
