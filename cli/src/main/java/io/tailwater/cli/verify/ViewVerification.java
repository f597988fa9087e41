// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.replay.ViewReplay;
import io.tailwater.jobs.source.KafkaPosition;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sampled entities of a view against both stores. Not thread-safe.
 *
 * <p>The stores are read before the last events are, so that these hold all that the stores can
 * know. An event that the stream may not have done with may be in them or not: the table is
 * compared only at the instants before it, which it does not concern, and a vector is right if it
 * is so by some of these events, the first ones in Kafka, and not judged if it is not.
 */
final class ViewVerification {
  /** What came of an entity; null for a store that is not read. */
  private record Result(@Nullable StoreTally online, @Nullable StoreTally table) {
    boolean isSettled() {
      return (online == null || online.isSettled()) && (table == null || table.isSettled());
    }

    /** Of each store what is settled, or else what came of the other look. */
    Result settledOr(Result other) {
      return new Result(
          online != null && online.isSettled() ? online : other.online,
          table != null && table.isSettled() ? table : other.table);
    }
  }

  /** How many events on the way are thought of. */
  private static final int ON_THE_WAY = 50;

  private final FeatureView view;
  private final ViewReplay replay;
  private final EntitySample sample;
  private final Map<SampledEntity, Result> results = new LinkedHashMap<>();
  private @Nullable ViewContents contents;

  ViewVerification(FeatureView view, EntitySample sample) {
    this.view = view;
    this.replay = ViewReplay.of(view);
    this.sample = sample;
  }

  FeatureView view() {
    return view;
  }

  /** Keeps the event if it is of an entity of the sample. */
  void add(ReplayEvent event) {
    replay.key(event).ifPresent(key -> sample.add(key, event));
  }

  /** The sample is drawn: from now on only its entities' events are kept. */
  void drawn() {
    sample.close();
  }

  /** How many entities there are in the sample. */
  int size() {
    return sample.entities().size();
  }

  /** The entities that were not compared yet, or that another look might change. */
  boolean isSettled() {
    return sample.entities().stream().allMatch(this::isSettled);
  }

  private boolean isSettled(SampledEntity entity) {
    Result result = results.get(entity);
    return result != null && result.isSettled();
  }

  /** Reads the stores; events that come later are in {@link #add} before {@link #compare}. */
  void read(StoresReader stores) {
    List<SampledEntity> open =
        sample.entities().stream().filter(entity -> !isSettled(entity)).toList();
    contents = stores.read(view, sample, open);
  }

  /**
   * Compares what was read.
   *
   * @param stream how far it had come before that
   * @param knownFrom by source, from when on its events are known
   */
  void compare(StreamPosition stream, Map<String, Long> knownFrom) {
    ViewContents stored = contents;
    if (stored == null) {
      throw new IllegalStateException("the stores were not read");
    }
    Map<String, Long> byFeature = Completeness.byFeature(view, knownFrom);
    for (SampledEntity entity : sample.entities()) {
      if (!isSettled(entity)) {
        Result before = results.get(entity);
        Result now = result(entity, stored, stream, byFeature);
        results.put(entity, before == null ? now : before.settledOr(now));
      }
    }
  }

  private Result result(
      SampledEntity entity,
      ViewContents stored,
      StreamPosition stream,
      Map<String, Long> knownFrom) {
    List<ReplayEvent> counted =
        entity.events().stream()
            .filter(event -> !stream.refusals().contains(view.name(), event.position()))
            .toList();
    Result result = compare(entity, counted, stored, stream, knownFrom);
    if (result.isSettled() || counted.size() == entity.events().size()) {
      return result;
    }
    // A backfill takes what a stream has refused, and so does a stream that begins anew.
    Result healed = compare(entity, entity.events(), stored, stream, knownFrom);
    return new Result(
        better(result.online(), healed.online()), better(result.table(), healed.table()));
  }

  private static @Nullable StoreTally better(@Nullable StoreTally one, @Nullable StoreTally other) {
    return one == null || other == null || one.differences().isEmpty()
        ? one
        : other.differences().isEmpty() ? other : one;
  }

  private Result compare(
      SampledEntity entity,
      List<ReplayEvent> events,
      ViewContents stored,
      StreamPosition stream,
      Map<String, Long> knownFrom) {
    List<ReplayEvent> onTheWay = events.stream().filter(event -> !stream.isBehind(event)).toList();
    StoreTally online = null;
    if (stored.vectors() != null) {
      online = online(entity, events, onTheWay, stored, knownFrom);
    }
    StoreTally table = null;
    if (stored.rows() != null) {
      long undone = onTheWay.stream().mapToLong(ReplayEvent::time).min().orElse(Long.MAX_VALUE);
      table =
          check(entity, events, stored.tableWatermark(), knownFrom)
              .table(
                  stored.rows().getOrDefault(entity, List.of()),
                  Math.min(stored.tableWatermark(), undone - 1),
                  stored.completeFrom());
    }
    return new Result(online, table);
  }

  private StoreTally online(
      SampledEntity entity,
      List<ReplayEvent> events,
      List<ReplayEvent> onTheWay,
      ViewContents stored,
      Map<String, Long> knownFrom) {
    OnlineVector vector = stored.vectors() == null ? null : stored.vectors().get(entity);
    List<ReplayEvent> applied = new ArrayList<>(events);
    applied.removeAll(onTheWay);
    // Those of one entity are in one partition, as a rule.
    List<ReplayEvent> next = new ArrayList<>(onTheWay);
    next.sort(Comparator.comparingLong(event -> KafkaPosition.of(event.position()).offset()));
    StoreTally tally = online(entity, applied, vector, stored, knownFrom);
    for (int i = 0; i < Math.min(next.size(), ON_THE_WAY) && !tally.isSettled(); i++) {
      applied.add(next.get(i));
      tally = online(entity, applied, vector, stored, knownFrom);
    }
    if (tally.isSettled() || next.isEmpty()) {
      return tally;
    }
    StoreTally notJudged = new StoreTally(tally.store());
    notJudged.behind();
    return notJudged;
  }

  private StoreTally online(
      SampledEntity entity,
      List<ReplayEvent> events,
      @Nullable OnlineVector vector,
      ViewContents stored,
      Map<String, Long> knownFrom) {
    long asOf = vector == null ? Long.MIN_VALUE : vector.eventTimestamp();
    return check(entity, events, Math.max(asOf, stored.onlineWatermark()), knownFrom)
        .online(vector, stored.onlineWatermark(), stored.expired());
  }

  private EntityCheck check(
      SampledEntity entity, List<ReplayEvent> events, long until, Map<String, Long> knownFrom) {
    long newest = events.stream().mapToLong(ReplayEvent::time).max().orElse(Long.MIN_VALUE);
    return new EntityCheck(
        view, entity.key(), replay.entity(events, Math.max(newest, until)), knownFrom);
  }

  /** What came of all entities, for the stores that were read. */
  List<StoreTally> tallies() {
    StoreTally online = new StoreTally("online");
    StoreTally table = new StoreTally("table");
    boolean hasOnline = false;
    boolean hasTable = false;
    for (Result result : results.values()) {
      if (result.online() != null) {
        online.add(result.online());
        hasOnline = true;
      }
      if (result.table() != null) {
        table.add(result.table());
        hasTable = true;
      }
    }
    List<StoreTally> tallies = new ArrayList<>();
    if (hasOnline) {
      tallies.add(online);
    }
    if (hasTable) {
      tallies.add(table);
    }
    return tallies;
  }

  /** How many entities differ in one of the stores. */
  long entitiesThatDiffer() {
    return results.values().stream()
        .filter(result -> differs(result.online()) || differs(result.table()))
        .count();
  }

  private static boolean differs(@Nullable StoreTally tally) {
    return tally != null && !tally.differences().isEmpty();
  }
}
