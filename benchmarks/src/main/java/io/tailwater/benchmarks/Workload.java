// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events of a run, each a function of its index: in the order of time, no two at one instant,
 * and evenly spread over the customers, so that the longest window of each holds the same number of
 * events at every time. Event time ends before today: an event of the future would be refused.
 *
 * @param customers how many entities there are
 * @param eventsPerWindow events of one customer in {@link #LONGEST_WINDOW}
 * @param measured events that are measured at most, behind those that fill the windows
 */
record Workload(int customers, int eventsPerWindow, long measured) implements Serializable {
  static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  private static final long START = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();

  /** Windows are full and a day later, when Tailwater's default lateness allows it, logs shrink. */
  private static final double FILL = 1.1;

  Workload {
    if (customers < 1 || eventsPerWindow < 1 || measured < 1) {
      throw new IllegalArgumentException("found a number below 1 in a workload");
    }
    if (LONGEST_WINDOW.toMillis() / eventsPerWindow < customers) {
      throw new IllegalArgumentException(
          "%d customers with %d events in 30 days each: found several events in one millisecond,"
                  .formatted(customers, eventsPerWindow)
              + " expected one at most");
    }
  }

  /** The number of events in the longest windows of all customers. */
  long live() {
    return (long) customers * eventsPerWindow;
  }

  /** The index of the first event that is measured. */
  long fill() {
    return (long) Math.ceil(FILL * live());
  }

  /** The index that generated events stay below. */
  long end() {
    return fill() + measured + live();
  }

  /**
   * Of these indices the last ones have no events: only time passes, until all windows are empty.
   */
  long endOfTime() {
    return end() + 2 * live();
  }

  long customer(long index) {
    return index % customers;
  }

  /** Milliseconds since the epoch. */
  long time(long index) {
    long interval = LONGEST_WINDOW.toMillis() / eventsPerWindow;
    long spacing = interval / customers;
    long jitter = Long.remainderUnsigned(mix(index), spacing);
    return START + index / customers * interval + index % customers * spacing + jitter;
  }

  /** Between 0.01 and 200.00. */
  double amount(long index) {
    return (1 + Long.remainderUnsigned(mix(~index), 20_000)) / 100.0;
  }

  /** How many events are at or before an instant, give or take one. */
  long eventsUntil(long instant) {
    long interval = LONGEST_WINDOW.toMillis() / eventsPerWindow;
    long spacing = interval / customers;
    long sinceStart = instant - START;
    return sinceStart / interval * customers
        + Math.min(customers, sinceStart % interval / spacing + 1);
  }

  /** The customers of whom all rows are compared with the recomputation. */
  Set<Long> sampled() {
    return new TreeSet<>(List.of(0L, customers / 2L, customers - 1L));
  }

  boolean isSampled(long customer) {
    return customer == 0 || customer == customers / 2 || customer == customers - 1;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
