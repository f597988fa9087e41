// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.List;

/** Reads an entity's log, chunk by chunk: from the pages that pointers keep, or from the store. */
final class LogReader {
  private LogReader() {}

  /**
   * A chunk that a pointer stands in or enters; it is kept in the state as a page until pointers
   * leave it.
   *
   * @param from the first time that the caller is going to look at
   */
  static Chunk page(EntityState state, ChunkStore store, long id, long from) {
    if (id == state.open.id()) {
      return state.open;
    }
    List<Chunk> pages = state.pages;
    for (int i = 0; i < pages.size(); i++) {
      Chunk page = pages.get(i);
      if (page.id() == id) {
        if (!page.reachesBackTo(from)) {
          page = load(state, store, id);
          pages.set(i, page);
        }
        return page;
      }
    }
    Chunk chunk = load(state, store, id);
    pages.add(chunk);
    return chunk;
  }

  static Chunk load(EntityState state, ChunkStore store, long id) {
    if (id == state.open.id()) {
      return state.open;
    }
    Chunk chunk = store.get(id);
    if (chunk == null) {
      throw new IllegalStateException(
          "chunk %d of an entity's log is missing; its chunks are %d to %d: the state is damaged"
              .formatted(id, state.oldestChunk, state.open.id()));
    }
    return chunk;
  }

  /**
   * Visits the events in [from, end) behind a pointer, starting in its chunk; {@code from} must not
   * be before the pointer, since pages are only kept from there on.
   */
  static void readPages(
      EntityState state,
      ChunkStore store,
      Pointer pointer,
      long from,
      long end,
      EventVisitor visitor) {
    Chunk chunk = page(state, store, pointer.chunk, from);
    while (visit(chunk, from, end, visitor) && chunk != state.open) {
      chunk = page(state, store, chunk.next(), from);
    }
  }

  /** Visits the events in [from, end), starting in the chunk where the first of them stands. */
  static void read(
      EntityState state,
      ChunkStore store,
      long firstChunk,
      long from,
      long end,
      EventVisitor visitor) {
    Chunk chunk = load(state, store, firstChunk);
    while (visit(chunk, from, end, visitor) && chunk != state.open) {
      chunk = load(state, store, chunk.next());
    }
  }

  /** Whether later chunks may hold more. */
  private static boolean visit(Chunk chunk, long from, long end, EventVisitor visitor) {
    for (int i = chunk.firstAtOrAfter(from); i < chunk.size(); i++) {
      if (chunk.timeAt(i) >= end) {
        return false;
      }
      visitor.visit(chunk, i);
    }
    return true;
  }

  /** The id of the chunk from which {@link #read} finds all events at or after {@code time}. */
  static long chunkBefore(EntityState state, ChunkStore store, long time) {
    Chunk chunk = state.open;
    while (chunk.id() != state.oldestChunk && (chunk.size() == 0 || chunk.firstTime() >= time)) {
      chunk = load(state, store, chunk.previous());
    }
    return chunk.id();
  }
}
