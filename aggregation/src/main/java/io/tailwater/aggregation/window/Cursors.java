// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/**
 * The two cursors over an entity's log and the frames under them: events go in when a cursor comes
 * to them and out when a window's lower end has passed them, each found from where the last one
 * stood.
 */
final class Cursors {
  private final Layout layout;
  private final EventLog log;

  Cursors(Layout layout, EventLog log) {
    this.layout = layout;
    this.log = log;
  }

  void include(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
    long time = event.time();
    state.eventCount++;
    state.newestEvent = Math.max(state.newestEvent, time);
    if (time > state.arrivalInstant) {
      for (int i = 0; i < state.arrival.length; i++) {
        long lowerEnd = Instants.minus(time, layout.window(i).windowMillis());
        evict(state, store, state.arrival[i], i, lowerEnd, state.arrivalInstant);
      }
      state.arrivalInstant = time;
    }
    includeIn(state, store, state.arrival, state.arrivalInstant, place);
    includeIn(state, store, state.finished, state.finalInstant, place);
    if (time > state.finalInstant) {
      log.notice(state, store, state.pending, place);
    }
  }

  /** Adds an event to the frames of a cursor in whose windows it is. */
  private void includeIn(
      EntityState state, ChunkStore store, Frame[] frames, long instant, EventLog.Place place) {
    long time = place.chunk().timeAt(place.index());
    for (int i = 0; i < frames.length; i++) {
      WindowLayout window = layout.window(i);
      if (time >= Instants.minus(instant, window.windowMillis())) {
        if (time <= instant) {
          frames[i].add(window, place.chunk(), place.index());
        }
        log.notice(state, store, frames[i].tail, place);
      }
    }
  }

  void exchange(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
    removeFrom(state.arrival, state.arrivalInstant, place);
    removeFrom(state.finished, state.finalInstant, place);
    Chunk chunk = log.replace(state, store, place, event.values());
    EventLog.Place replaced = new EventLog.Place(chunk, place.index(), true);
    addAgain(state, store, state.arrival, state.arrivalInstant, replaced);
    addAgain(state, store, state.finished, state.finalInstant, replaced);
  }

  private boolean holds(int window, long instant, long time) {
    return time <= instant && time >= Instants.minus(instant, layout.window(window).windowMillis());
  }

  private void removeFrom(Frame[] frames, long instant, EventLog.Place place) {
    for (int i = 0; i < frames.length; i++) {
      if (holds(i, instant, place.chunk().timeAt(place.index()))) {
        frames[i].remove(layout.window(i), place.chunk(), place.index());
      }
    }
  }

  private void addAgain(
      EntityState state, ChunkStore store, Frame[] frames, long instant, EventLog.Place place) {
    long time = place.chunk().timeAt(place.index());
    for (int i = 0; i < frames.length; i++) {
      if (holds(i, instant, time)) {
        WindowLayout window = layout.window(i);
        Frame frame = frames[i];
        frame.add(window, place.chunk(), place.index());
        if (window.hasExtremes()) {
          long lowerEnd = Instants.minus(instant, window.windowMillis());
          frame.segments.settleAt(window, time, lowerEnd, reader(state, store, frame, instant));
        }
      }
    }
  }

  void moveFinalTo(EntityState state, ChunkStore store, long step) {
    for (int i = 0; i < state.finished.length; i++) {
      long lowerEnd = Instants.minus(step, layout.window(i).windowMillis());
      evict(state, store, state.finished[i], i, lowerEnd, state.finalInstant);
    }
    Pointer pending = state.pending;
    while (pending.time <= step) {
      Chunk chunk = LogReader.page(state, store, pending.chunk, pending.time);
      int index = chunk.firstAtOrAfter(pending.time);
      while (index < chunk.size() && chunk.timeAt(index) <= step) {
        for (int i = 0; i < state.finished.length; i++) {
          state.finished[i].add(layout.window(i), chunk, index);
        }
        index++;
      }
      moveOn(state, store, pending, chunk, index);
    }
    state.finalInstant = step;
  }

  /** Moves the arrival cursor to the newest step at or before an instant; whether there was one. */
  boolean step(EntityState state, ChunkStore store, long instant) {
    boolean stepped = false;
    for (int i = 0; i < state.arrival.length; i++) {
      long windowMillis = layout.window(i).windowMillis();
      Frame frame = state.arrival[i];
      if (Instants.leave(frame.tail.time, windowMillis) <= instant) {
        long left =
            evict(state, store, frame, i, Instants.minus(instant, windowMillis), state.newestEvent);
        state.arrivalInstant = Math.max(state.arrivalInstant, Instants.leave(left, windowMillis));
        stepped = true;
      }
    }
    return stepped;
  }

  /**
   * Takes the events before {@code lowerEnd} out of a frame.
   *
   * @param upperEnd the frame's upper end: later events are not in it
   * @return the time of the last event that left
   */
  private long evict(
      EntityState state,
      ChunkStore store,
      Frame frame,
      int windowIndex,
      long lowerEnd,
      long upperEnd) {
    Pointer tail = frame.tail;
    long left = EntityState.BEGINNING;
    if (tail.time >= lowerEnd) {
      return left;
    }
    WindowLayout window = layout.window(windowIndex);
    while (tail.time < lowerEnd) {
      Chunk chunk = LogReader.page(state, store, tail.chunk, tail.time);
      int index = chunk.firstAtOrAfter(tail.time);
      while (index < chunk.size() && chunk.timeAt(index) < lowerEnd) {
        left = chunk.timeAt(index);
        if (left <= upperEnd) {
          frame.remove(window, chunk, index);
        }
        index++;
      }
      moveOn(state, store, tail, chunk, index);
    }
    if (window.hasExtremes()) {
      frame.segments.settle(window, lowerEnd, reader(state, store, frame, upperEnd));
    }
    return left;
  }

  /** Puts a pointer on the event at {@code index} of {@code chunk}, or on the next one behind. */
  private void moveOn(
      EntityState state, ChunkStore store, Pointer pointer, Chunk chunk, int index) {
    Chunk current = chunk;
    int position = index;
    while (position == current.size() && current != state.open) {
      // An insertion or a split may have put events from before the pointer into the next chunk.
      current = LogReader.page(state, store, current.next(), pointer.time);
      position = current.firstAtOrAfter(pointer.time);
    }
    pointer.chunk = current.id();
    pointer.time = position < current.size() ? current.timeAt(position) : Pointer.NOWHERE;
  }

  private RangeReader reader(EntityState state, ChunkStore store, Frame frame, long upperEnd) {
    long inclusiveEnd = upperEnd == Long.MAX_VALUE ? upperEnd : upperEnd + 1;
    return (from, end, visitor) ->
        LogReader.readPages(state, store, frame.tail, from, Math.min(end, inclusiveEnd), visitor);
  }

  long nextFinalStep(EntityState state) {
    return Math.min(state.pending.time, nextLeave(state.finished));
  }

  long nextArrivalStep(EntityState state) {
    return nextLeave(state.arrival);
  }

  private long nextLeave(Frame[] frames) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < frames.length; i++) {
      next = Math.min(next, Instants.leave(frames[i].tail.time, layout.window(i).windowMillis()));
    }
    return next;
  }
}
