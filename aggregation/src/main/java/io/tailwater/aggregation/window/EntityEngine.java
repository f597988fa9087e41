// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every decision about one view's windows: what an event changes, what is emitted when time passes,
 * what a late event corrects and when an entity is forgotten.
 *
 * <p>Two cursors go over one log. The arrival cursor stands at max(newest event, newest step that
 * time has passed) and feeds the online store as events come; the final cursor follows the
 * watermark and feeds the offline table. A step is an instant at which an event arrives in a window
 * or leaves it.
 *
 * <p>Stateless but for scratch space: one engine serves all entities of an operator, from one
 * thread.
 */
public final class EntityEngine {
  /** Events in a closed chunk. More makes fewer accesses and more bytes in each. */
  public static final int DEFAULT_CHUNK_EVENTS = 16;

  private final Layout layout;
  private final EventLog log;
  private final VectorFunction vectors;
  private final long allowedLateness;
  private final long retention;

  /**
   * @param plan what to compute
   * @param allowedLatenessMillis how far behind the watermark an event is still applied
   * @param vectors makes the feature vector of the plan's results
   */
  public EntityEngine(AggregationPlan plan, long allowedLatenessMillis, VectorFunction vectors) {
    this(plan, allowedLatenessMillis, vectors, DEFAULT_CHUNK_EVENTS);
  }

  /**
   * @param chunkEvents events in a closed chunk, 2 to 31
   */
  EntityEngine(
      AggregationPlan plan, long allowedLatenessMillis, VectorFunction vectors, int chunkEvents) {
    this.layout = new Layout(requireNonNull(plan, "plan is null"));
    this.log = new EventLog(layout.forms(), chunkEvents);
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.allowedLateness = allowedLatenessMillis;
    this.retention = layout.longestWindow() + allowedLatenessMillis;
  }

  /** The codec of this engine's states and chunks. */
  public EntityStateCodec codec() {
    return new EntityStateCodec(layout);
  }

  /** The state of an entity that has no events, at a watermark: nothing before it is emitted. */
  public EntityState create(long watermark) {
    Chunk open = log.newChunk(0, Chunk.NONE);
    EntityState state =
        new EntityState(
            open,
            new ArrayList<>(),
            new Pointer(0, Pointer.NOWHERE),
            layout.newFrames(0),
            layout.newFrames(0),
            new ArrayList<>());
    state.nextChunkId = 1;
    state.finalInstant = watermark;
    return state;
  }

  /** Whether an event is too far behind the watermark to be applied. */
  public boolean isTooLate(long eventTime, long watermark) {
    return eventTime < Instants.minus(watermark, allowedLateness);
  }

  /**
   * Offers an event, after all that comes before it: time passes up to {@code watermark} first.
   *
   * @param amendments the entity's waiting corrections; a late event is added to them
   */
  public Outcome apply(
      EntityState state,
      ChunkStore store,
      Event event,
      long watermark,
      Amendments amendments,
      FeatureOutput out) {
    if (isTooLate(event.time(), watermark)) {
      return Outcome.TOO_LATE;
    }
    finish(state, store, watermark, amendments, out);
    boolean changed = step(state, store, watermark);
    EventLog.Place place = log.insert(state, store, event);
    Outcome outcome;
    if (place.inserted()) {
      include(state, store, event, place);
      step(state, store, watermark);
      outcome = Outcome.APPLIED;
    } else {
      outcome = reconcile(state, store, event, place, amendments);
    }
    if (outcome == Outcome.APPLIED && event.time() <= state.finalInstant) {
      amendments.add(new Amendments.Amendment(event, null));
    }
    if (changed || outcome == Outcome.APPLIED || outcome == Outcome.CONFLICT_REPLACED) {
      emitArrival(state, out);
    }
    settle(state, store, watermark, amendments);
    return outcome;
  }

  /**
   * The one way by which time passes: emits every row and step up to {@code instant}, and forgets
   * what no later instant needs. To be called whenever the watermark has passed {@link #nextStep},
   * with nothing skipped: going there in one call or in many gives the same rows.
   */
  public void advanceTo(
      EntityState state, ChunkStore store, long instant, Amendments amendments, FeatureOutput out) {
    finish(state, store, instant, amendments, out);
    if (step(state, store, instant)) {
      emitArrival(state, out);
    }
    settle(state, store, instant, amendments);
  }

  /** Writes the correction rows of late events that wait. */
  public void correct(
      EntityState state, ChunkStore store, Amendments amendments, FeatureOutput out) {
    if (!amendments.isEmpty()) {
      new Correction(layout, log, vectors).write(state, store, amendments, out);
      amendments.clear();
      EventLog.prune(state);
    }
  }

  /** When time has something to do for the entity: its next step, or that it can be forgotten. */
  public long nextStep(EntityState state) {
    long next = Math.min(nextFinalStep(state), nextArrivalStep(state));
    return next != Long.MAX_VALUE
        ? next
        : Instants.leave(
            Instants.leave(state.newestEvent, layout.longestWindow()), allowedLateness);
  }

  /** Whether nothing of the entity can matter at or after a watermark: its state can go. */
  public boolean isForgotten(EntityState state, long watermark) {
    return watermark
        >= Instants.leave(
            Instants.leave(state.newestEvent, layout.longestWindow()), allowedLateness);
  }

  private void include(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
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

  /** Decides between two contents of one event: the lesser one counts, whichever came first. */
  private Outcome reconcile(
      EntityState state,
      ChunkStore store,
      Event event,
      EventLog.Place place,
      Amendments amendments) {
    @Nullable Object[] present = place.chunk().valuesAt(place.index());
    int order = ValueOrder.compareContents(layout.stored(event.values()), present);
    if (order == 0) {
      return Outcome.DUPLICATE;
    }
    if (order > 0) {
      return Outcome.CONFLICT_KEPT;
    }
    exchange(state, store, event, place);
    if (event.time() <= state.finalInstant) {
      amendments.add(new Amendments.Amendment(event, present));
    }
    return Outcome.CONFLICT_REPLACED;
  }

  private void exchange(EntityState state, ChunkStore store, Event event, EventLog.Place place) {
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

  /** Moves the final cursor, row by row. */
  private void finish(
      EntityState state, ChunkStore store, long instant, Amendments amendments, FeatureOutput out) {
    @Nullable Object[] previous = null;
    for (long step = nextFinalStep(state); step <= instant; step = nextFinalStep(state)) {
      if (step == Long.MAX_VALUE) {
        break;
      }
      correct(state, store, amendments, out);
      boolean eventInstant = state.pending.time == step;
      if (!eventInstant && previous == null) {
        previous = vector(state.finished);
      }
      moveFinalTo(state, store, step);
      @Nullable Object[] current = vector(state.finished);
      if (eventInstant || !Arrays.deepEquals(previous, current)) {
        out.offline(step, current);
      }
      previous = current;
    }
    state.finalInstant = Math.max(state.finalInstant, instant);
  }

  private void moveFinalTo(EntityState state, ChunkStore store, long step) {
    for (int i = 0; i < state.finished.length; i++) {
      long lowerEnd = Instants.minus(step, layout.window(i).windowMillis());
      evict(state, store, state.finished[i], i, lowerEnd, state.finalInstant);
    }
    Pointer pending = state.pending;
    while (pending.time <= step) {
      Chunk chunk = log.page(state, store, pending.chunk, pending.time);
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
  private boolean step(EntityState state, ChunkStore store, long instant) {
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
      Chunk chunk = log.page(state, store, tail.chunk, tail.time);
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
      current = log.page(state, store, current.next(), pointer.time);
      position = current.firstAtOrAfter(pointer.time);
    }
    pointer.chunk = current.id();
    pointer.time = position < current.size() ? current.timeAt(position) : Pointer.NOWHERE;
  }

  private RangeReader reader(EntityState state, ChunkStore store, Frame frame, long upperEnd) {
    long inclusiveEnd = upperEnd == Long.MAX_VALUE ? upperEnd : upperEnd + 1;
    return (from, end, visitor) ->
        log.readPages(state, store, frame.tail, from, Math.min(end, inclusiveEnd), visitor);
  }

  private long nextFinalStep(EntityState state) {
    return Math.min(state.pending.time, nextLeave(state.finished));
  }

  private long nextArrivalStep(EntityState state) {
    return nextLeave(state.arrival);
  }

  private long nextLeave(Frame[] frames) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < frames.length; i++) {
      next = Math.min(next, Instants.leave(frames[i].tail.time, layout.window(i).windowMillis()));
    }
    return next;
  }

  private void emitArrival(EntityState state, FeatureOutput out) {
    out.online(
        state.arrivalInstant, nextArrivalStep(state), state.eventCount, vector(state.arrival));
  }

  private @Nullable Object[] vector(Frame[] frames) {
    return vectors.features(layout.results(frames));
  }

  /** Forgets what no later instant needs; while corrections wait, what they need stays. */
  private void settle(EntityState state, ChunkStore store, long watermark, Amendments amendments) {
    if (amendments.isEmpty()) {
      log.expire(
          state,
          store,
          Instants.minus(watermark, retention),
          Instants.minus(watermark, allowedLateness));
    }
    EventLog.prune(state);
  }
}
