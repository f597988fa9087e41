// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.aggregation.window.Amendments;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.EntityStateCodec;
import io.tailwater.aggregation.window.Event;
import io.tailwater.aggregation.window.FeatureOutput;
import io.tailwater.aggregation.window.MemoryChunkStore;
import io.tailwater.aggregation.window.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One entity of a stream: the engine's state of it, what came out, and what should have. */
final class EntityRun implements FeatureOutput {
  private record Id(long time, int source, int number) {}

  private final PlainView view;
  private final EntityEngine engine;
  private final EntityStateCodec codec;
  private final MemoryChunkStore store;
  private final Amendments amendments = new Amendments();
  private final Map<Id, PlainEvent> applied = new HashMap<>();
  private final TreeMap<Long, Object[]> table = new TreeMap<>();
  private final TreeSet<Long> steps = new TreeSet<>();
  private EntityState state;
  private Recomputation expected;
  private long watermark;
  private long newest = Long.MIN_VALUE;
  private boolean sawLate;
  private long onlineAsOf = Long.MIN_VALUE;
  private long onlineValidUntil;
  private long onlineCount;
  private Object[] online;

  EntityRun(PlainView view, EntityEngine engine, long watermark) {
    this.view = view;
    this.engine = engine;
    this.watermark = watermark;
    this.codec = engine.codec();
    this.store = new MemoryChunkStore(codec);
    this.state = engine.create(watermark);
  }

  /** An accepted event, with the columns that the program made of it. */
  void offer(PlainEvent event, Object[] columns) {
    Id id = new Id(event.time(), event.source(), event.number());
    boolean known = applied.containsKey(id);
    boolean tooLate = engine.isTooLate(event.time(), watermark);
    Event offered = new Event(event.time(), event.id(), columns);
    Outcome outcome = engine.apply(state, store, offered, watermark, amendments, this);
    assertThat(outcome == Outcome.TOO_LATE).as("too late").isEqualTo(tooLate);
    if (tooLate) {
      return;
    }
    assertThat(outcome == Outcome.APPLIED).as("%s as %s", event, outcome).isEqualTo(!known);
    if (!known || outcome == Outcome.CONFLICT_REPLACED) {
      applied.put(id, event);
      expected = new Recomputation(view, List.copyOf(applied.values()));
    }
    sawLate |= event.time() <= watermark;
    newest = Math.max(newest, event.time());
    steps.addAll(Recomputation.steps(view, List.of(event)));
    checkOnline();
  }

  void advance(long instant, boolean correct) {
    watermark = instant;
    if (engine.nextStep(state) <= watermark) {
      engine.advanceTo(state, store, watermark, amendments, this);
    }
    if (correct) {
      engine.correct(state, store, amendments, this);
    }
    if (newest != Long.MIN_VALUE) {
      checkOnline();
    }
  }

  /** As a store does between any two calls. */
  void storeAndLoad(Random random) {
    if (random.nextInt(3) == 0) {
      ByteWriter out = new ByteWriter();
      codec.writeState(state, out);
      state = codec.readState(new ByteReader(out.toByteArray()));
    }
  }

  private void checkOnline() {
    Long passed = steps.floor(watermark);
    long asOf = passed == null ? newest : Math.max(newest, passed);
    Long next = steps.higher(asOf);
    assertThat(onlineAsOf).as("as-of").isEqualTo(asOf);
    assertThat(onlineValidUntil).as("valid until").isEqualTo(next == null ? FOREVER : next);
    assertThat(onlineCount).as("event count").isEqualTo(applied.size());
    assertSame("online as of " + asOf, online, expected.at(asOf));
  }

  /** After the last correction: the whole offline table. */
  void checkTable() {
    if (expected == null) {
      assertThat(table).isEmpty();
      return;
    }
    SortedMap<Long, Object[]> rows = expected.rows(watermark);
    rows.forEach((instant, row) -> assertSame("row " + instant, table.get(instant), row));
    table.forEach((instant, row) -> assertSame("row " + instant, row, expected.at(instant)));
    if (!sawLate) {
      assertThat(table.keySet()).isEqualTo(rows.keySet());
    }
  }

  private void assertSame(String what, Object[] found, Object[] wanted) {
    if (found != null && NaiveViews.sameBits(found, wanted)) {
      return;
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      Object value = found == null ? null : found[i];
      if (!NaiveViews.sameBits(new Object[] {value}, new Object[] {wanted[i]})) {
        String name = view.features().get(i).name();
        differences.add("%s is %s, expected %s".formatted(name, value, wanted[i]));
      }
    }
    throw new AssertionError("%s: %s\nof\n%s".formatted(what, differences, expected));
  }

  /** The rows of the offline table. */
  TreeMap<Long, Object[]> table() {
    return table;
  }

  /** The events that counted. */
  List<PlainEvent> events() {
    return List.copyOf(applied.values());
  }

  long watermark() {
    return watermark;
  }

  @Override
  public void online(long asOf, long validUntil, long eventCount, Object[] features) {
    assertThat(asOf).as("as-of never goes back").isGreaterThanOrEqualTo(onlineAsOf);
    onlineAsOf = asOf;
    onlineValidUntil = validUntil;
    onlineCount = eventCount;
    online = features;
  }

  @Override
  public void offline(long instant, Object[] features) {
    assertThat(instant).as("a row is final").isLessThanOrEqualTo(watermark);
    table.put(instant, features);
  }
}
