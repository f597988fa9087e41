// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import java.util.List;

/** How far back in time events count. */
final class Reach {
  private Reach() {}

  /**
   * The time of the oldest event of {@code source} that can make a difference to a row of {@code
   * from} or later.
   *
   * <p>There is a row where a value differs from the one an instant before. So what counts is what
   * windows can hold at the instant before {@code from}; from there on their ends only move
   * forward.
   *
   * @param from in milliseconds; {@link Long#MIN_VALUE} for all rows
   * @return in milliseconds; {@link Long#MIN_VALUE} for all events, as with a lifetime feature
   */
  static long oldestEvent(List<FeatureView> views, EventSource source, long from) {
    if (from == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    long before = from - 1;
    long oldest = before;
    for (FeatureView view : views) {
      for (Feature feature : view.features()) {
        if (feature instanceof AggregateFeature aggregate
            && aggregate.source().equals(source.name())) {
          oldest = Math.min(oldest, aggregate.window().lowerEnd(before));
        }
      }
    }
    return oldest;
  }
}
