// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo has sent, and how far it lets event time come. Thread-safe: one thread sends while
 * another looks on.
 */
final class SentEvents {
  private final List<ProducedEvent> events = new ArrayList<>();
  private final Map<String, long[]> newest = new HashMap<>();

  SentEvents(Collection<String> sources) {
    for (String source : sources) {
      long[] none = new long[Partitions.COUNT];
      Arrays.fill(none, Long.MIN_VALUE);
      newest.put(source, none);
    }
  }

  synchronized void add(ProducedEvent produced) {
    events.add(produced);
    ShopEvent event = produced.event();
    if (event != null && produced.fate() != Fate.BROKEN && produced.fate() != Fate.FUTURE) {
      long[] ofSource = requireNonNull(newest.get(produced.source()), "no such source");
      ofSource[produced.partition()] = Math.max(ofSource[produced.partition()], event.eventTime());
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
    return newest.values().stream().flatMapToLong(Arrays::stream).min().orElseThrow();
  }
}
