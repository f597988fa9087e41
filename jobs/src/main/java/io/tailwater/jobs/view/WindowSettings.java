// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.source.EventClock;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a view's windows run.
 *
 * @param clock what rows' {@code created_timestamp} is taken from
 * @param generation the start time of the stream in milliseconds, for the online store's fence; a
 *     restored stream keeps the one of its checkpoint. 0 for a backfill
 * @param endInstant the instant that a bounded run ends at, in milliseconds: nothing passes it;
 *     {@link #UNBOUNDED} if there is none
 * @param sortedInput whether each entity's events come in the order of time and its end is the only
 *     progress that Flink tells: Flink's batch mode
 * @param history for a stream that begins with history; else null
 * @param knownFrom of each source by its name the instant from which on all of its events are known
 *     to a stream that begins now; where there is none, they always are
 * @param takeover of the offline tables
 */
public record WindowSettings(
    EventClock clock,
    long generation,
    long endInstant,
    boolean sortedInput,
    @Nullable History history,
    Map<String, Long> knownFrom,
    Takeover takeover)
    implements Serializable {
  /** The {@code endInstant} of a stream without end. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public WindowSettings {
    requireNonNull(clock, "clock is null");
    if (sortedInput && endInstant == UNBOUNDED) {
      throw new IllegalArgumentException("sorted input without an end instant");
    }
    requireNonNull(takeover, "takeover is null");
    knownFrom = Map.copyOf(knownFrom);
  }

  /** Without history. */
  public WindowSettings(EventClock clock, long generation, long endInstant, boolean sortedInput) {
    this(clock, generation, endInstant, sortedInput, null, Map.of(), Takeover.NONE);
  }

  /** The same of a stream that begins with history. */
  public WindowSettings withHistory(History newHistory) {
    return new WindowSettings(
        clock, generation, endInstant, sortedInput, newHistory, knownFrom, takeover);
  }

  /** The same of a stream that knows its sources' events from these instants on. */
  public WindowSettings withKnownFrom(Map<String, Long> bySource) {
    return new WindowSettings(
        clock, generation, endInstant, sortedInput, history, bySource, takeover);
  }

  /** The same of a stream that others may have written the offline tables before. */
  public WindowSettings withTakeover(Takeover newTakeover) {
    return new WindowSettings(
        clock, generation, endInstant, sortedInput, history, knownFrom, newTakeover);
  }
}
