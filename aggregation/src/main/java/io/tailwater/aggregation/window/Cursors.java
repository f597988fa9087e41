// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.counts.PageStore;
import org.jspecify.annotations.Nullable;

/**
 * The two cursors over an entity's log and the frames under them: events go in when a window's
 * upper end comes to them and out when its lower end has passed them, each found from where the
 * last one stood.
 */
final class Cursors {
  private final Layout layout;
  private final EventLog log;

  Cursors(Layout layout, EventLog log) {
    this.layout = layout;
    this.log = log;
  }

  /** Lets the frames know an event that has come into the log. */
  void include(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
    long time = event.time();
    boolean last = time >= state.newestEvent && isLast(state, place);
    state.eventCount++;
    state.newestEvent = Math.max(state.newestEvent, time);
    if (time > state.arrivalInstant) {
      for (int i = 0; i < state.arrival.length; i++) {
        move(state, store, state.arrival[i], i, state.arrivalInstant, time);
      }
      state.arrivalInstant = time;
    }
    includeIn(state, store, state.arrival, state.arrivalInstant, place, last);
    if (last && state.pending.time <= time) {
      // Behind another one that the final cursor has not come to, the event changes nothing there.
      return;
    }
    includeIn(state, store, state.finished, state.finalInstant, place, last);
    if (time > state.finalInstant) {
      log.notice(state, store, state.pending, place);
    }
  }

  private static boolean isLast(EntityState state, EventLog.Place place) {
    return place.chunk() == state.open && place.index() == state.open.size() - 1;
  }

  /** Adds an event to the frames of a cursor in whose windows it is. */
  private void includeIn(
      EntityState state,
      ChunkStore store,
      Frame[] frames,
      long instant,
      EventLog.Place place,
      boolean last) {
    long time = place.chunk().timeAt(place.index());
    for (int i = 0; i < frames.length; i++) {
      WindowLayout layoutOfWindow = layout.window(i);
      Window window = layoutOfWindow.window();
      if (time >= window.lowerEnd(instant)) {
        Frame frame = frames[i];
        if (!layoutOfWindow.isLifetime()) {
          log.notice(state, store, frame.tail, place);
        }
        if (time <= window.upperEnd(instant)) {
          frame.add(layoutOfWindow, place.chunk(), place.index(), last, pages(state, store));
          if (layoutOfWindow.hasSummaries() && frame.segments.isUnknown()) {
            settleAt(state, store, frame, i, time, instant);
          }
        } else if (frame.head != null) {
          log.notice(state, store, frame.head, place);
        }
      }
    }
  }

  /** Puts other values in the place of an event's, in the log and in the frames. */
  void exchange(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
    removeFrom(state, store, state.arrival, state.arrivalInstant, place);
    removeFrom(state, store, state.finished, state.finalInstant, place);
    Chunk chunk = log.replace(state, store, place, event.values());
    EventLog.Place replaced = new EventLog.Place(chunk, place.index(), true);
    addAgain(state, store, state.arrival, state.arrivalInstant, replaced);
    addAgain(state, store, state.finished, state.finalInstant, replaced);
  }

  private void removeFrom(
      EntityState state, ChunkStore store, Frame[] frames, long instant, EventLog.Place place) {
    for (int i = 0; i < frames.length; i++) {
      if (layout.window(i).holds(instant, place.chunk().timeAt(place.index()))) {
        frames[i].remove(layout.window(i), place.chunk(), place.index(), pages(state, store));
      }
    }
  }

  private void addAgain(
      EntityState state, ChunkStore store, Frame[] frames, long instant, EventLog.Place place) {
    long time = place.chunk().timeAt(place.index());
    for (int i = 0; i < frames.length; i++) {
      WindowLayout window = layout.window(i);
      if (window.holds(instant, time)) {
        frames[i].add(window, place.chunk(), place.index(), false, pages(state, store));
        if (window.hasSummaries()) {
          settleAt(state, store, frames[i], i, time, instant);
        }
      }
    }
  }

  /** Reads the stretch of {@code time} again, in a frame at {@code instant}. */
  private void settleAt(
      EntityState state, ChunkStore store, Frame frame, int index, long time, long instant) {
    WindowLayout window = layout.window(index);
    long upperEnd = window.window().upperEnd(instant);
    if (window.isLifetime()) {
      frame.segments.settleAt(
          window,
          time,
          state.base[index],
          (from, end, visitor) ->
              LogReader.read(
                  state, store, state.oldestChunk, from, Math.min(end, after(upperEnd)), visitor));
    } else {
      frame.segments.settleAt(
          window, time, window.window().lowerEnd(instant), reader(state, store, frame, upperEnd));
    }
  }

  void moveFinalTo(EntityState state, ChunkStore store, long step) {
    for (int i = 0; i < state.finished.length; i++) {
      move(state, store, state.finished[i], i, state.finalInstant, step);
    }
    Pointer pending = state.pending;
    while (pending.time <= step) {
      Chunk chunk = LogReader.page(state, store, pending.chunk, pending.time);
      int index = chunk.firstAtOrAfter(pending.time);
      while (index < chunk.size() && chunk.timeAt(index) <= step) {
        for (int i = 0; i < state.finished.length; i++) {
          // Those that lag behind have a head of their own.
          if (state.finished[i].head == null) {
            state.finished[i].add(layout.window(i), chunk, index, true, pages(state, store));
          }
        }
        index++;
      }
      moveOn(state, store, pending, chunk, index);
    }
    state.finalInstant = step;
  }

  /** Moves the arrival cursor to the newest step at or before an instant; whether there was one. */
  boolean step(EntityState state, ChunkStore store, long instant) {
    if (instant <= state.arrivalInstant) {
      // What leaves or enters by then has done so.
      return false;
    }
    boolean stepped = false;
    long newest = state.arrivalInstant;
    for (int i = 0; i < state.arrival.length; i++) {
      Frame frame = state.arrival[i];
      if (nextStep(frame, i) <= instant) {
        newest = Math.max(newest, move(state, store, frame, i, state.arrivalInstant, instant));
        stepped = true;
      }
    }
    state.arrivalInstant = newest;
    return stepped;
  }

  /**
   * Moves a frame from one instant to a later one, except that events that enter at once when they
   * happen are the caller's to add.
   *
   * @return the newest instant at which an event left or entered
   */
  private long move(
      EntityState state, ChunkStore store, Frame frame, int index, long from, long to) {
    Window window = layout.window(index).window();
    if (layout.window(index).isLifetime()) {
      return EntityState.BEGINNING;
    }
    long left = evict(state, store, frame, index, window.lowerEnd(to), window.upperEnd(from));
    long newest = left == EntityState.BEGINNING ? left : window.leaves(left);
    if (frame.head != null && frame.head.time <= window.upperEnd(to)) {
      newest = Math.max(newest, window.enters(admit(state, store, frame, frame.head, index, to)));
    }
    return newest;
  }

  /**
   * Puts the events into a frame that have come to its upper end, unless they have left already.
   *
   * @return the time of the last of them
   */
  private long admit(
      EntityState state, ChunkStore store, Frame frame, Pointer head, int index, long instant) {
    WindowLayout window = layout.window(index);
    long upperEnd = window.window().upperEnd(instant);
    long entered = head.time;
    while (head.time <= upperEnd) {
      Chunk chunk = LogReader.page(state, store, head.chunk, head.time);
      int at = chunk.firstAtOrAfter(head.time);
      while (at < chunk.size() && chunk.timeAt(at) <= upperEnd) {
        entered = chunk.timeAt(at);
        if (window.holds(instant, entered)) {
          frame.add(window, chunk, at, true, pages(state, store));
        }
        at++;
      }
      moveOn(state, store, head, chunk, at);
    }
    return entered;
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
          frame.remove(window, chunk, index, pages(state, store));
        }
        index++;
      }
      moveOn(state, store, tail, chunk, index);
    }
    if (window.hasSummaries()) {
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
    return (from, end, visitor) ->
        LogReader.readPages(
            state, store, frame.tail, from, Math.min(end, after(upperEnd)), visitor);
  }

  private static long after(long upperEnd) {
    return upperEnd == Long.MAX_VALUE ? upperEnd : upperEnd + 1;
  }

  private PageStore pages(EntityState state, ChunkStore store) {
    return layout.keepsOrder() ? new EntityPages(state, store) : EntityPages.NONE;
  }

  long nextFinalStep(EntityState state) {
    return Math.min(state.pending.time, nextStep(state.finished));
  }

  long nextArrivalStep(EntityState state) {
    return nextStep(state.arrival);
  }

  private long nextStep(Frame[] frames) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < frames.length; i++) {
      next = Math.min(next, nextStep(frames[i], i));
    }
    return next;
  }

  private long nextStep(Frame frame, int index) {
    Window window = layout.window(index).window();
    long leave = frame.tail.isNowhere() ? Long.MAX_VALUE : window.leaves(frame.tail.time);
    @Nullable Pointer head = frame.head;
    return head == null || head.isNowhere() ? leave : Math.min(leave, window.enters(head.time));
  }
}
