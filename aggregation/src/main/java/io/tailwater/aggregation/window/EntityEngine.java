// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
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
  /**
   * Events in a closed chunk. More makes fewer accesses and more bytes in each; one that grows to
   * twice as many is split, within {@link Chunk#MAX_EVENTS}. Of 16, 24 and 31 the last took the
   * least CPU time, on the heap and on RocksDB.
   */
  public static final int DEFAULT_CHUNK_EVENTS = 31;

  private final Layout layout;

  private final EventLog log;

  private final Cursors cursors;

  private final VectorFunction vectors;

  private final long allowedLateness;

  private final NavigableSet<Long> published;

  private final long[] filledFrom;

  /**
   * What changes of the plan have left behind.
   *
   * @param rowsAt instants at which {@link #publishFinal} has written rows that no step asked for:
   *     late events correct them too
   * @param columnsFilledFrom for each column, from when on it is filled, if not always; two
   *     contents of an event are the same that differ only in columns which were not logged when
   *     the first one came. Not kept
   */
  public record Past(Collection<Long> rowsAt, long[] columnsFilledFrom) {
    /** Of a plan that has always been the same. */
    public static final Past NONE = new Past(List.of(), new long[0]);
  }

  /**
   * @param plan what to compute
   * @param allowedLatenessMillis how far behind the watermark an event is still applied
   * @param vectors makes the feature vector of the plan's results
   */
  public EntityEngine(AggregationPlan plan, long allowedLatenessMillis, VectorFunction vectors) {
    this(plan, allowedLatenessMillis, vectors, Past.NONE);
  }

  /**
   * An engine of a plan that was another one.
   *
   * @param past what that has left behind
   */
  public EntityEngine(
      AggregationPlan plan, long allowedLatenessMillis, VectorFunction vectors, Past past) {
    this(plan, allowedLatenessMillis, vectors, past, DEFAULT_CHUNK_EVENTS);
  }

  /**
   * @param chunkEvents events in a closed chunk, 2 to 31
   */
  EntityEngine(
      AggregationPlan plan,
      long allowedLatenessMillis,
      VectorFunction vectors,
      Past past,
      int chunkEvents) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.layout = new Layout(requireNonNull(plan, "plan is null"), vectors::overflowed);
    this.log = new EventLog(layout.forms(), chunkEvents);
    this.cursors = new Cursors(layout, log);
    this.allowedLateness = allowedLatenessMillis;
    this.published = new TreeSet<>(past.rowsAt());
    this.filledFrom = past.columnsFilledFrom().clone();
  }

  /** The codec of this engine's states and chunks. */
  public EntityStateCodec codec() {
    return new EntityStateCodec(layout);
  }

  /** The state of an entity that has no events, at a watermark: nothing before it is emitted. */
  public EntityState create(long watermark) {
    Chunk open = log.firstChunk();
    EntityState state =
        new EntityState(
            open,
            new EventIds(),
            new Pointer(0, Pointer.NOWHERE),
            layout.newFrames(0),
            layout.newFrames(0),
            layout.newBase(),
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
    boolean finalMoves = finish(state, store, watermark, amendments, out);
    boolean changed = cursors.step(state, store, watermark);
    EventLog.Place place = log.insert(state, store, event);
    Outcome outcome;
    if (place.inserted()) {
      cursors.include(state, store, event, place);
      cursors.step(state, store, watermark);
      outcome = Outcome.APPLIED;
    } else {
      outcome = reconcile(state, store, event, place, amendments);
    }
    if (outcome == Outcome.APPLIED && event.time() <= state.finalInstant) {
      amendments.add(new Amendments.Amendment(event, null));
    }
    if (changed || outcome == Outcome.APPLIED || outcome == Outcome.CONFLICT_REPLACED) {
      emitArrival(state, store, out);
    }
    settle(state, store, watermark, amendments, finalMoves);
    return outcome;
  }

  /**
   * Takes an event of history, or one that comes while history is read: it counts from now on, and
   * nothing is emitted. For an entity that no time has passed for since {@link #create}; events may
   * come in any order.
   */
  public Outcome load(EntityState state, ChunkStore store, Event event) {
    EventLog.Place place = log.insert(state, store, event);
    Outcome outcome = Outcome.APPLIED;
    if (place.inserted()) {
      cursors.include(state, store, event, place);
    } else {
      outcome = reconcile(state, store, event, place, new Amendments());
    }
    EventLog.prune(state, false);
    return outcome;
  }

  /** Emits the vector of the arrival cursor, whether it has changed or not. */
  public void publish(EntityState state, ChunkStore store, FeatureOutput out) {
    emitArrival(state, store, out);
  }

  /**
   * Emits the vector of the final cursor as the row of the instant where it stands, if there is a
   * row at or before it: for values that earlier rows do not have. Late events correct it only if
   * the engine is told of the instant: see {@link Past}.
   */
  public void publishFinal(EntityState state, ChunkStore store, FeatureOutput out) {
    if (state.finalInstant == EntityState.BEGINNING) {
      return;
    }
    Chunk oldest = LogReader.load(state, store, state.oldestChunk);
    boolean hasForgotten = oldest.id() != log.firstChunk().id();
    if (hasForgotten || (oldest.size() > 0 && oldest.firstTime() <= state.finalInstant)) {
      out.offline(state.finalInstant, vector(state, store, state.finished));
    }
  }

  /**
   * The one way by which time passes: emits every row and step up to {@code instant}, and forgets
   * what no later instant needs. To be called whenever the watermark has passed {@link #nextStep},
   * with nothing skipped: going there in one call or in many gives the same rows.
   */
  public void advanceTo(
      EntityState state, ChunkStore store, long instant, Amendments amendments, FeatureOutput out) {
    if (!amendments.isEmpty() && instant >= quietFrom(state)) {
      // Nothing is to come that would let the log go, which corrections that wait hold.
      correct(state, store, amendments, out);
    }
    boolean finalMoves = finish(state, store, instant, amendments, out);
    if (cursors.step(state, store, instant)) {
      emitArrival(state, store, out);
    }
    settle(state, store, instant, amendments, finalMoves);
  }

  /** Writes the correction rows of late events that wait. */
  public void correct(
      EntityState state, ChunkStore store, Amendments amendments, FeatureOutput out) {
    if (!amendments.isEmpty()) {
      new Correction(layout, log, vectors, published).write(state, store, amendments, out);
      amendments.clear();
      EventLog.prune(state, true);
    }
  }

  /** When time has something to do for the entity: its next step, or that it can be forgotten. */
  public long nextStep(EntityState state) {
    long next = Math.min(cursors.nextFinalStep(state), cursors.nextArrivalStep(state));
    if (next != Long.MAX_VALUE) {
      return next;
    }
    boolean logIsShort = state.oldestChunk == state.open.id();
    return layout.hasLifetime() && logIsShort ? Long.MAX_VALUE : quietFrom(state);
  }

  /** From when on no event that is still accepted can meet one that is there. */
  private long quietFrom(EntityState state) {
    return Instants.leave(layout.leavesAll(state.newestEvent), allowedLateness);
  }

  /** Whether nothing of the entity can matter at or after a watermark: its state can go. */
  public boolean isForgotten(EntityState state, long watermark) {
    return !layout.hasLifetime() && watermark >= quietFrom(state);
  }

  /** Decides between two contents of one event: the lesser one counts, whichever came first. */
  private Outcome reconcile(
      EntityState state,
      ChunkStore store,
      Event event,
      EventLog.Place place,
      Amendments amendments) {
    @Nullable Object[] present = place.chunk().valuesAt(place.index());
    @Nullable Object[] offered = layout.stored(event.values());
    for (int i = 0; i < filledFrom.length; i++) {
      if (event.time() < filledFrom[i]) {
        offered[i] = present[i];
      }
    }
    int order = ValueOrder.compareContents(offered, present);
    if (order == 0) {
      return Outcome.DUPLICATE;
    }
    if (order > 0) {
      return Outcome.CONFLICT_KEPT;
    }
    cursors.exchange(state, store, event, place);
    if (event.time() <= state.finalInstant) {
      amendments.add(new Amendments.Amendment(event, present));
    }
    return Outcome.CONFLICT_REPLACED;
  }

  /** Moves the final cursor, row by row; whether there was a step to move to. */
  private boolean finish(
      EntityState state, ChunkStore store, long instant, Amendments amendments, FeatureOutput out) {
    if (instant <= state.finalInstant) {
      return false;
    }
    boolean moved = false;
    @Nullable Object[] previous = null;
    for (long step = cursors.nextFinalStep(state);
        step <= instant;
        step = cursors.nextFinalStep(state)) {
      if (step == Long.MAX_VALUE) {
        break;
      }
      moved = true;
      correct(state, store, amendments, out);
      boolean eventInstant = state.pending.time == step;
      if (!eventInstant && previous == null) {
        previous = vector(state, store, state.finished);
      }
      cursors.moveFinalTo(state, store, step);
      @Nullable Object[] current = vector(state, store, state.finished);
      if (eventInstant || !Arrays.deepEquals(previous, current)) {
        out.offline(step, current);
      }
      previous = current;
    }
    state.finalInstant = instant;
    return moved;
  }

  private void emitArrival(EntityState state, ChunkStore store, FeatureOutput out) {
    out.online(
        state.arrivalInstant,
        cursors.nextArrivalStep(state),
        state.eventCount,
        vector(state, store, state.arrival));
  }

  private @Nullable Object[] vector(EntityState state, ChunkStore store, Frame[] frames) {
    return vectors.features(layout.results(frames, state, store));
  }

  /** Forgets what no later instant needs; while corrections wait, what they need stays. */
  private void settle(
      EntityState state,
      ChunkStore store,
      long watermark,
      Amendments amendments,
      boolean finalMoves) {
    if (amendments.isEmpty()) {
      long acceptedFrom = Instants.minus(watermark, allowedLateness);
      log.expire(
          state,
          store,
          layout.lowerEnd(acceptedFrom),
          acceptedFrom,
          (chunk, index) -> layout.sumUp(state.base, chunk, index));
    }
    EventLog.prune(state, finalMoves);
  }
}
