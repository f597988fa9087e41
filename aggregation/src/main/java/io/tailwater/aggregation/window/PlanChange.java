// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the log of one plan becomes the log of another.
 *
 * @param from what the log was kept for
 * @param to what it is kept for from now on
 * @param origins for each column of {@code to} the column of {@code from} that holds the same of
 *     every event, {@link #EVERY_EVENT} if it is the mark TRUE of all of them, or {@link #UNKNOWN}:
 *     it is null of what was logged before
 * @param counted the events that the new log holds, which {@code count(*)} counts: {@link
 *     #EVERY_EVENT} of the old log; those that have a value in this column of {@code from}, which
 *     each has that has one in a column of {@code to}; or, if it is {@link #UNKNOWN}, those that
 *     have one in any
 * @param mark a column of {@code from} that is the mark TRUE of every event of the old log; {@link
 *     #UNKNOWN} if there is none
 * @param idPrefix a byte to put before the id of every event; null for none
 */
public record PlanChange(
    AggregationPlan from,
    AggregationPlan to,
    List<Integer> origins,
    int counted,
    int mark,
    @Nullable Byte idPrefix) {
  /** What was not logged. */
  public static final int UNKNOWN = -1;

  /** Each event of the old log. */
  public static final int EVERY_EVENT = -2;

  public PlanChange {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    origins = List.copyOf(origins);
    if (origins.size() != to.columns().size()) {
      throw new IllegalArgumentException(
          "%d origins of %d columns".formatted(origins.size(), to.columns().size()));
    }
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < origins.size(); i++) {
      int origin = origins.get(i);
      if (origin >= 0
          && (!used.add(origin) || !from.columns().get(origin).equals(to.columns().get(i)))) {
        throw new IllegalArgumentException("column %d cannot be column %d".formatted(i, origin));
      }
    }
  }

  /** Whether a column of the new log has the mark TRUE of every event of the old one. */
  boolean marksEveryEvent(int column) {
    int origin = origins.get(column);
    return origin == EVERY_EVENT || (origin >= 0 && origin == mark);
  }

  int origin(int column) {
    return column < 0 ? column : origins.get(column);
  }
}
