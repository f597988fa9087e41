// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill writes.
 *
 * @param views the names of the views to write; empty for all
 * @param from the first instant whose rows are written, in milliseconds; null for no bound
 * @param to the last one, and the instant that nothing passes; null for the newest event's time
 * @param online whether the online store gets each entity's last vector
 */
public record BackfillOptions(
    List<String> views, @Nullable Long from, @Nullable Long to, boolean online) {
  /** Everything, offline alone. */
  public static final BackfillOptions ALL = new BackfillOptions(List.of(), null, null, false);

  /**
   * @throws IllegalArgumentException if {@code from} is after {@code to}
   */
  public BackfillOptions {
    views = List.copyOf(views);
    if (from != null && to != null && from > to) {
      throw new IllegalArgumentException("from %d is after to %d".formatted(from, to));
    }
  }

  /** The same with the online store. */
  public BackfillOptions withOnline() {
    return new BackfillOptions(views, from, to, true);
  }
}
