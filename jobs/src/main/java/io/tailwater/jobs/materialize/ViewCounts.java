// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a materialization did to one view.
 *
 * @param view its name
 * @param isBatch whether it is a batch view, whose query's rows are accounted for
 * @param counts all counts
 */
public record ViewCounts(String view, boolean isBatch, Map<Count, Long> counts) {
  public ViewCounts {
    requireNonNull(view, "view is null");
    counts = Map.copyOf(counts);
  }

  /**
   * Picks a view's counts from a job's accumulators; what is not there yet is 0.
   *
   * @param accumulators as of Flink's job client or result
   */
  static ViewCounts of(String view, boolean isBatch, Map<String, Object> accumulators) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(
          count, accumulators.get(count.accumulator(view)) instanceof Long number ? number : 0L);
    }
    return new ViewCounts(view, isBatch, counts);
  }

  /** One of the counts. */
  public long count(Count count) {
    return requireNonNull(counts.get(count), "a count is missing");
  }

  /** Whether every row of the query met one fate. */
  public boolean isBalanced() {
    return !isBatch
        || count(Count.READ)
            == count(Count.WRITTEN)
                + count(Count.UNCHANGED)
                + count(Count.DUPLICATE)
                + count(Count.REFUSED);
  }
}
