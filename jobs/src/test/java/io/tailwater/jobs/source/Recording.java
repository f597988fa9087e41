// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What came out of a source in a test: safe to read while the job runs. */
final class Recording {
  private static final Map<String, Recording> BY_NAME = new ConcurrentHashMap<>();

  private final Map<String, SourceEvent> events = new ConcurrentHashMap<>();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger late = new AtomicInteger();
  private volatile long watermark = PartitionProgress.NONE;
  private volatile boolean orderKept;

  static Recording of(String name) {
    return BY_NAME.computeIfAbsent(name, ignored -> new Recording());
  }

  /** Whether the positions are kept in the order of arrival. */
  Recording keepingOrder(boolean kept) {
    orderKept = kept;
    return this;
  }

  void event(SourceEvent event) {
    if (event.row() != null && event.eventTime() <= watermark) {
      late.incrementAndGet();
    }
    events.put(event.position(), event);
    if (orderKept) {
      order.add(event.position());
    }
  }

  void watermark(long newWatermark) {
    watermark = newWatermark;
  }

  int distinctEvents() {
    return events.size();
  }

  SourceEvent at(String position) {
    return events.get(position);
  }

  List<String> positions() {
    synchronized (order) {
      return List.copyOf(order);
    }
  }

  /** Events that came when the watermark had passed them. */
  int late() {
    return late.get();
  }

  long watermark() {
    return watermark;
  }
}
