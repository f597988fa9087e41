// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.report.Freshness;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures from outside how long an event takes from the broker's log to Redis: asks Redis for the
 * customer of each watched order, again and again, until the vector is as of that order.
 *
 * <p>Only an order that is the newest of its customer is watched, since its arrival is what such an
 * as-of proves, and only while {@link #watch} is on: in a replay of history the time in question is
 * that of the backlog. Thread-safe.
 */
final class FreshnessProbe {
  private static final int AT_ONCE = 64;

  private final Clock clock;
  private final NativeLayout layout;
  private final Map<Long, Long> newest = new HashMap<>();
  private final ArrayDeque<Watched> arrivals = new ArrayDeque<>();
  private final List<Watched> waiting = new ArrayList<>();
  private final List<Long> measured = new ArrayList<>();
  private boolean on;

  private record Watched(long customer, long eventTime, long arrivedAt) {}

  FreshnessProbe(Clock clock, NativeLayout layout) {
    this.clock = clock;
    this.layout = layout;
  }

  /** Switches the watching on or off. */
  synchronized void watch(boolean nowOn) {
    on = nowOn;
  }

  /** The broker has the event since {@code arrivedAt}, by its clock in milliseconds. */
  synchronized void arrived(ProducedEvent event, long arrivedAt) {
    if (event.fate() != Fate.ORDINARY
        || !(event.event() instanceof Order order)
        || !order.isCompleted()) {
      return;
    }
    Long customer = order.customerId();
    if (customer == null) {
      return;
    }
    Long before = newest.get(customer);
    if (before == null || before < order.eventTime()) {
      newest.put(customer, order.eventTime());
      if (on && arrivals.size() < AT_ONCE) {
        arrivals.add(new Watched(customer, order.eventTime(), arrivedAt));
      }
    }
  }

  /** Looks once at all that are waited for. For one thread. */
  void look(RedisReader redis) {
    synchronized (this) {
      while (waiting.size() < AT_ONCE && !arrivals.isEmpty()) {
        waiting.add(arrivals.remove());
      }
    }
    if (waiting.isEmpty()) {
      return;
    }
    List<Object[]> keys = waiting.stream().map(each -> new Object[] {each.customer}).toList();
    List<Optional<OnlineVector>> vectors = redis.read(layout, keys, List.of());
    long now = clock.millis();
    Iterator<Watched> each = waiting.iterator();
    for (Optional<OnlineVector> vector : vectors) {
      Watched watched = each.next();
      if (vector.isPresent() && vector.get().eventTimestamp() >= watched.eventTime) {
        measured(now - watched.arrivedAt);
        each.remove();
      }
    }
  }

  /** What was measured up to now. */
  synchronized Freshness freshness() {
    return Freshness.of(measured.stream().mapToLong(Long::longValue).toArray());
  }

  private synchronized void measured(long millis) {
    measured.add(millis);
  }
}
