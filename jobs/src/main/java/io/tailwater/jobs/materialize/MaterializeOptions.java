// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to materialize.
 *
 * @param views the names of the views; empty for all
 * @param start the first event timestamp, in milliseconds; null for no bound
 * @param end the last event timestamp
 * @param incremental whether to go on from where each view stands, and to remember where it comes
 *     to
 * @param lookback how far before the last run's end a batch view's query is asked for rows that
 *     came late, in milliseconds; null for all of them. Of incremental runs
 */
public record MaterializeOptions(
    List<String> views,
    @Nullable Long start,
    long end,
    boolean incremental,
    @Nullable Long lookback) {
  public MaterializeOptions {
    views = List.copyOf(requireNonNull(views, "views is null"));
    if (start != null && start > end) {
      throw new IllegalArgumentException("start %d is after end %d".formatted(start, end));
    }
    if (lookback != null && lookback < 0) {
      throw new IllegalArgumentException("lookback is negative: %d".formatted(lookback));
    }
  }

  /** The rows of a range of event timestamps, both ends included. */
  public static MaterializeOptions range(List<String> views, long start, long end) {
    return new MaterializeOptions(views, start, end, false, null);
  }

  /** The rows up to {@code end} that earlier runs have not seen. */
  public static MaterializeOptions incremental(
      List<String> views, long end, @Nullable Long lookback) {
    return new MaterializeOptions(views, null, end, true, lookback);
  }
}
