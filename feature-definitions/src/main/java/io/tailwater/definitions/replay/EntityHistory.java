// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.aggregation.window.Amendments;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.Event;
import io.tailwater.aggregation.window.FeatureOutput;
import io.tailwater.aggregation.window.Outcome;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the offline table has of one entity in one view: the rows of a bounded run over its events,
 * in which each event comes in time.
 */
final class EntityHistory implements FeatureOutput {
  private record EventIdentity(long time, ByteBuffer id) {}

  private final NavigableMap<Long, StoredRow> rows = new TreeMap<>();
  private final Map<EventIdentity, TakenEvent> counted = new LinkedHashMap<>();

  private EntityHistory() {}

  static EntityHistory of(EntityEngine engine, List<TakenEvent> events, long until) {
    EntityHistory history = new EntityHistory();
    EntityState state = engine.create(Long.MIN_VALUE);
    MemoryChunks chunks = new MemoryChunks(engine.codec());
    Amendments amendments = new Amendments();
    List<TakenEvent> inTime =
        events.stream()
            .filter(event -> event.logged().time() <= until)
            .sorted(Comparator.comparingLong(event -> event.logged().time()))
            .toList();
    for (TakenEvent taken : inTime) {
      Event event = taken.logged();
      // As in batch mode: time has passed for the entity up to just before the event.
      history.count(
          taken, engine.apply(state, chunks, event, event.time() - 1, amendments, history));
    }
    engine.advanceTo(state, chunks, until, amendments, history);
    return history;
  }

  /** The row that holds at an instant, or just before it; empty before the first event. */
  Optional<StoredRow> rowAt(long instant, boolean before) {
    Map.Entry<Long, StoredRow> entry = before ? rows.lowerEntry(instant) : rows.floorEntry(instant);
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }

  /** All rows by their instants. */
  NavigableMap<Long, StoredRow> rows() {
    return Collections.unmodifiableNavigableMap(rows);
  }

  /** The distinct events, in the order of their times. */
  List<TakenEvent> events() {
    return List.copyOf(counted.values());
  }

  @Override
  public void online(long asOf, long validUntil, long eventCount, @Nullable Object[] features) {
    // The online store has the last of the same vectors.
  }

  @Override
  public void offline(long instant, @Nullable Object[] features) {
    rows.put(instant, new StoredRow(instant, features));
  }

  private void count(TakenEvent taken, Outcome outcome) {
    if (outcome == Outcome.APPLIED || outcome == Outcome.CONFLICT_REPLACED) {
      Event event = taken.logged();
      counted.put(new EventIdentity(event.time(), ByteBuffer.wrap(event.id())), taken);
    }
  }
}
