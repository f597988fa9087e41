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
 * @param eventsPerWindow events of one customer in the longest window
 * @param longestWindow that window's length
 * @param measured events that are measured at most, behind those that fill the windows
 * @param latePerMille of a thousand events, how many come late by up to {@link #MAX_DELAY}
 */
record Workload(
    int customers, int eventsPerWindow, Duration longestWindow, long measured, int latePerMille)
    implements Serializable {
  /** How late the late events are at most: they are within Tailwater's default allowance. */
  static final Duration MAX_DELAY = Duration.ofHours(1);

  /** Late events are so late that the watermark has passed them. */
  private static final Duration MIN_DELAY = Duration.ofSeconds(10);

  private static final long START = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();

  /** Behind the longest window, how long an event stays in Tailwater's log by default. */
  private static final Duration LATENESS = Duration.ofDays(1);

  /** Until windows are full and logs shrink, and a little more. */
  private static final double FILL_MARGIN = 0.05;

  Workload {
    if (customers < 1 || eventsPerWindow < 1 || measured < 1) {
      throw new IllegalArgumentException("found a number below 1 in a workload");
    }
    if (longestWindow.toMillis() / eventsPerWindow < customers) {
      throw new IllegalArgumentException(
          "%d customers with %d events in %s each: found several events in one millisecond,"
                  .formatted(customers, eventsPerWindow, WindowSet.name(longestWindow))
              + " expected one at most");
    }
  }

  /** One in which every event is on time. */
  static Workload inOrder(int customers, int eventsPerWindow, Duration longest, long measured) {
    return new Workload(customers, eventsPerWindow, longest, measured, 0);
  }

  /** The number of events in the longest windows of all customers. */
  long live() {
    return (long) customers * eventsPerWindow;
  }

  /** The index of the first event that is measured. */
  long fill() {
    double windows = 1 + (double) LATENESS.toMillis() / longestWindow.toMillis() + FILL_MARGIN;
    return (long) Math.ceil(windows * live());
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

  private long interval() {
    return longestWindow.toMillis() / eventsPerWindow;
  }

  /** Milliseconds since the epoch. */
  long time(long index) {
    long spacing = interval() / customers;
    long jitter = Long.remainderUnsigned(mix(index), spacing);
    return START + index / customers * interval() + index % customers * spacing + jitter;
  }

  /** Between 0.01 and 200.00. */
  double amount(long index) {
    return (1 + Long.remainderUnsigned(mix(~index), 20_000)) / 100.0;
  }

  /** How long after its time an event comes, in milliseconds: 0 if it is on time. */
  long delay(long index) {
    if (latePerMille == 0
        || Long.remainderUnsigned(mix(index ^ 0x5DEECE66DL), 1000) >= latePerMille) {
      return 0;
    }
    long range = MAX_DELAY.minus(MIN_DELAY).toMillis();
    return MIN_DELAY.toMillis() + Long.remainderUnsigned(mix(index ^ 0x2545F4914F6CDD1DL), range);
  }

  /** How many events are at or before an instant, give or take one. */
  long eventsUntil(long instant) {
    long spacing = interval() / customers;
    long sinceStart = instant - START;
    return sinceStart / interval() * customers
        + Math.min(customers, sinceStart % interval() / spacing + 1);
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
