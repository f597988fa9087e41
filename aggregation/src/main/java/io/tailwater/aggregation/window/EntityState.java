// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one entity but its closed chunks: counters, the open chunk, and for each
 * window and cursor the running accumulators and where the next event to leave stands.
 *
 * <p>Mutable and not thread-safe. The host stores it as one value, encoded by {@link
 * EntityStateCodec} or as it is; only {@link EntityEngine} looks inside.
 */
public final class EntityState {
  /** Before every instant. */
  static final long BEGINNING = Long.MIN_VALUE;

  /** Distinct events applied. */
  long eventCount;

  /** The instant of the arrival cursor: max(newest event, newest step passed). */
  long arrivalInstant = BEGINNING;

  /** The instant of the final cursor: rows up to it have been emitted. */
  long finalInstant = BEGINNING;

  /** The time of the newest event. */
  long newestEvent = BEGINNING;

  /** See {@link #lastCreated()}. */
  long lastCreated = BEGINNING;

  /** See {@link #wakeUp()}. */
  long wakeUp = Long.MAX_VALUE;

  /** The next chunk id to give away. */
  long nextChunkId;

  /** The next page id to give away. */
  long nextPageId;

  /** The newest chunk. */
  Chunk open;

  /** The oldest chunk that is still in the log; the open one's id if none is closed. */
  long oldestChunk;

  /** The newest time in the oldest chunk; meaningless while that one is open. */
  long oldestChunkLast;

  /** The oldest chunk whose event ids are still kept; the open one's id if none is closed. */
  long oldestIds;

  /** The newest time in that chunk; meaningless while it is open. */
  long oldestIdsLast;

  /** Where the last out-of-order event went: the next one is likely to go near it. */
  long finger = Chunk.NONE;

  /** The event ids of the open chunk, in its order. */
  final EventIds openIds;

  /** The first event behind the final cursor. */
  final Pointer pending;

  /** One frame a window, in the layout's order. */
  final Frame[] arrival;

  final Frame[] finished;

  /** For each window of a lifetime, the summaries of the events that have left the log. */
  final @Nullable Object[][] base;

  /** Copies of closed chunks that pointers stand in, so that moving on costs no access. */
  final List<Chunk> pages;

  EntityState(
      Chunk open,
      EventIds openIds,
      Pointer pending,
      Frame[] arrival,
      Frame[] finished,
      @Nullable Object[][] base,
      List<Chunk> pages) {
    this.open = open;
    this.openIds = openIds;
    this.pending = pending;
    this.arrival = arrival;
    this.finished = finished;
    this.base = base;
    this.pages = pages;
  }

  /** The number of distinct events applied: a function of the set of events, not of their order. */
  public long eventCount() {
    return eventCount;
  }

  /** When the newest row of the entity was created; {@link Long#MIN_VALUE} if none was. */
  public long lastCreated() {
    return lastCreated;
  }

  /** Notes when a row was created: the next one's {@code created_timestamp} must be later. */
  public void lastCreated(long createdTimestamp) {
    lastCreated = createdTimestamp;
  }

  /** The wake-up that the host has registered; {@link Long#MAX_VALUE} if there is none. */
  public long wakeUp() {
    return wakeUp;
  }

  /** Notes the wake-up that the host has registered. */
  public void wakeUp(long instant) {
    wakeUp = instant;
  }

  /** A copy that shares nothing mutable with this one. */
  public EntityState copy() {
    EntityState copy =
        new EntityState(
            open.copy(),
            openIds.copy(),
            pending.copy(),
            copyOf(arrival),
            copyOf(finished),
            copyOf(base),
            new ArrayList<>(pages));
    copy.eventCount = eventCount;
    copy.arrivalInstant = arrivalInstant;
    copy.finalInstant = finalInstant;
    copy.newestEvent = newestEvent;
    copy.lastCreated = lastCreated;
    copy.wakeUp = wakeUp;
    copy.nextChunkId = nextChunkId;
    copy.nextPageId = nextPageId;
    copy.oldestChunk = oldestChunk;
    copy.oldestChunkLast = oldestChunkLast;
    copy.oldestIds = oldestIds;
    copy.oldestIdsLast = oldestIdsLast;
    copy.finger = finger;
    return copy;
  }

  /** All places in the log that the state remembers. */
  List<Pointer> pointers() {
    List<Pointer> pointers = new ArrayList<>(1 + 2 * arrival.length);
    pointers.add(pending);
    addPointers(arrival, pointers);
    addPointers(finished, pointers);
    return pointers;
  }

  private static void addPointers(Frame[] frames, List<Pointer> pointers) {
    for (Frame frame : frames) {
      pointers.add(frame.tail);
      if (frame.head != null) {
        pointers.add(frame.head);
      }
    }
  }

  /** Whether one of the arrival cursor stands in a chunk. Asked for each page at each event. */
  boolean hasArrivalPointerIn(long chunk) {
    return isIn(arrival, chunk);
  }

  /** Whether one of the final cursor stands in a chunk. */
  boolean hasFinalPointerIn(long chunk) {
    return pending.chunk == chunk || isIn(finished, chunk);
  }

  private static boolean isIn(Frame[] frames, long chunk) {
    for (Frame frame : frames) {
      if (frame.tail.chunk == chunk || (frame.head != null && frame.head.chunk == chunk)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object[][] copyOf(@Nullable Object[][] base) {
    @Nullable Object[][] copy = new Object[base.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = base[i].clone();
    }
    return copy;
  }

  private static Frame[] copyOf(Frame[] frames) {
    Frame[] copy = new Frame[frames.length];
    for (int i = 0; i < frames.length; i++) {
      copy[i] = frames[i].copy();
    }
    return copy;
  }
}
