// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.stores.OnlineVector;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A view with one sliding window, by the definition of a window: count and sum of the events in [t
 * − {@value #WINDOW}, t], where the sum of none is null.
 */
final class SimulatedView {
  static final long WINDOW = 100;

  static final NativeLayout LAYOUT =
      new NativeLayout(
          "simulation",
          "spend",
          List.of(new JoinKey("case", ValueType.INT64)),
          List.of(
              new Field("purchases", ValueType.INT64, true),
              new Field("spend", ValueType.INT64, true)));

  private SimulatedView() {}

  /** max(newest event, newest step that the watermark has reached). */
  static long asOf(Collection<SimulatedEvent> applied, long watermark) {
    return LongStream.concat(
            applied.stream().mapToLong(SimulatedEvent::time),
            applied.stream().mapToLong(SimulatedView::leaves).filter(step -> step <= watermark))
        .max()
        .orElseThrow();
  }

  /** The steps at which events leave the window, in order. */
  static LongStream steps(Collection<SimulatedEvent> applied) {
    return applied.stream().mapToLong(SimulatedView::leaves).sorted().distinct();
  }

  /** The vector of what was applied, when the watermark is where it is. */
  static OnlineVector vector(
      long key, Collection<SimulatedEvent> applied, long watermark, long generation, long count) {
    long asOf = asOf(applied, watermark);
    List<SimulatedEvent> inside =
        applied.stream().filter(e -> asOf - WINDOW <= e.time() && e.time() <= asOf).toList();
    long validUntil =
        inside.stream().mapToLong(SimulatedView::leaves).min().orElse(OnlineVector.FOREVER);
    Long spend = inside.isEmpty() ? null : inside.stream().mapToLong(SimulatedEvent::amount).sum();
    return new OnlineVector(
        new Object[] {key},
        asOf,
        validUntil,
        generation,
        count,
        new Object[] {(long) inside.size(), spend});
  }

  private static long leaves(SimulatedEvent event) {
    return event.time() + WINDOW + 1;
  }
}
