// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.util.OptionalLong;

/** The newest time of events that are neither refused nor of the future. Not thread-safe. */
final class NewestEventTime {
  private final long latest;
  private long newest = Long.MIN_VALUE;

  NewestEventTime(EventSource source, EventClock clock) {
    this.latest = clock.millis() + source.watermark().maxAheadMillis();
  }

  void add(SourceEvent event) {
    if (event.row() != null && event.eventTime() <= latest) {
      newest = Math.max(newest, event.eventTime());
    }
  }

  /** Milliseconds since the epoch; empty if no event counted. */
  OptionalLong get() {
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }
}
