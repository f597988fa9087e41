// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the demo has sent, and how far it lets event time come. Thread-safe: one thread sends while
 * another looks on.
 */
final class SentEvents {
  private final List<ProducedEvent> events = new ArrayList<>();
  private final long[] newest;

  SentEvents(int partitions) {
    newest = new long[partitions];
    Arrays.fill(newest, Long.MIN_VALUE);
  }

  synchronized void add(ProducedEvent event) {
    events.add(event);
    Order order = event.order();
    if (order != null && event.fate() != Fate.BROKEN && event.fate() != Fate.FUTURE) {
      newest[event.partition()] = Math.max(newest[event.partition()], order.eventTime());
    }
  }

  synchronized int count() {
    return events.size();
  }

  /** All of them, in the order in which they were sent. */
  synchronized List<ProducedEvent> all() {
    return List.copyOf(events);
  }

  /**
   * The newest event time of the partition that is furthest behind, in milliseconds: once a job has
   * read everything, its watermark is the {@code out_of_orderness} behind it.
   */
  synchronized long newestEverywhere() {
    return Arrays.stream(newest).min().orElseThrow();
  }
}
