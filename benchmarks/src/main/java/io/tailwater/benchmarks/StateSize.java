// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.window.Amendments;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.EntityStateCodec;
import io.tailwater.aggregation.window.Event;
import io.tailwater.aggregation.window.FeatureOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that an entity has in a full checkpoint, event ids apart: what the operator's codec
 * writes and what Flink puts around it. Events in order, each window with count, sum and average of
 * amounts with cents; the watermark is behind all events.
 *
 * <p>Ids are left out by giving events empty ones – one byte each remains in the open chunk – and
 * by not counting the ids of closed chunks.
 *
 * @param entry bytes of the entity's own entry
 * @param chunks bytes of the entries of its log
 */
record StateSize(double entry, double chunks) {
  /** The limit that was promised, for all windows together. */
  static final int BYTES_PER_ENTITY = 400;

  static final int BYTES_PER_EVENT = 12;

  /**
   * Around each value in a full checkpoint: two lengths of 4 bytes, a key group of 1, the key, here
   * of 9, the namespace of 1, and the length of the codec's bytes of 4.
   */
  private static final int AROUND_ENTRY = 8 + 1 + 9 + 1 + 4;

  /** A map's entry has its own key too, of 8 bytes, and says in 1 that it is not null. */
  private static final int AROUND_CHUNK = AROUND_ENTRY + 8 + 1;

  /** A timer is its time, the key and the namespace. */
  private static final int TIMER = 8 + 9 + 1;

  private static final long LATENESS = Duration.ofDays(1).toMillis();
  private static final int ENTITIES = 20;

  private static final FeatureOutput NOWHERE =
      new FeatureOutput() {
        @Override
        public void online(long asOf, long validUntil, long count, @Nullable Object[] features) {}

        @Override
        public void offline(long instant, @Nullable Object[] features) {}
      };

  /** All bytes of an entity. */
  double total() {
    return entry + chunks;
  }

  /** What is allowed for an entity with {@code live} events in its longest window. */
  static double allowed(int live) {
    return BYTES_PER_ENTITY + (double) BYTES_PER_EVENT * live;
  }

  /** The average over entities at different places in their chunks. */
  static StateSize measure(WindowSet windows, int eventsPerWindow) {
    EntityEngine engine = new EntityEngine(plan(windows), LATENESS, results -> results);
    double entries = 0;
    double chunks = 0;
    for (int entity = 0; entity < ENTITIES; entity++) {
      StateSize size = ofEntity(engine, windows.longest(), eventsPerWindow, entity);
      entries += size.entry;
      chunks += size.chunks;
    }
    return new StateSize(entries / ENTITIES, chunks / ENTITIES);
  }

  private static AggregationPlan plan(WindowSet windows) {
    List<WindowedAggregate> aggregates = new ArrayList<>();
    int none = WindowedAggregate.NO_COLUMN;
    for (Duration length : windows.lengths()) {
      Window window = Window.sliding(length.toMillis());
      aggregates.add(new WindowedAggregate(AggregateFunction.COUNT_ALL, null, none, none, window));
      aggregates.add(new WindowedAggregate(AggregateFunction.SUM, null, 0, none, window));
      aggregates.add(new WindowedAggregate(AggregateFunction.AVG, null, 0, none, window));
    }
    return new AggregationPlan(List.of(ValueType.DOUBLE), aggregates);
  }

  /** One that has more than its window's events behind it. */
  private static StateSize ofEntity(
      EntityEngine engine, Duration longest, int eventsPerWindow, int entity) {
    Workload workload = Workload.inOrder(ENTITIES, eventsPerWindow, longest, 1);
    StoredChunks store = new StoredChunks(engine.codec());
    Amendments none = new Amendments();
    EntityState state = engine.create(Long.MIN_VALUE);
    // Entities end at different places of a chunk.
    long events = workload.fill() / ENTITIES + eventsPerWindow / 2 + entity;
    for (long i = 0; i < events; i++) {
      long index = i * ENTITIES + entity;
      long time = workload.time(index);
      Object[] values = {workload.amount(index)};
      engine.apply(state, store, new Event(time, new byte[0], values), time - 1, none, NOWHERE);
      engine.advanceTo(state, store, time, none, NOWHERE);
      state.lastCreated(time);
      state.wakeUp(engine.nextStep(state));
      state = stored(engine.codec(), state);
    }
    ByteWriter out = new ByteWriter();
    engine.codec().writeState(state, out);
    return new StateSize(
        out.size() + AROUND_ENTRY + TIMER,
        store.chunkBytes() + (long) store.chunks() * AROUND_CHUNK);
  }

  private static EntityState stored(EntityStateCodec codec, EntityState state) {
    ByteWriter out = new ByteWriter();
    codec.writeState(state, out);
    return codec.readState(new ByteReader(out.toByteArray()));
  }
}
