// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far partitions, and the sources of one group, may run apart in event time: the ones ahead
 * wait for the ones behind. Keeps what the windows hold small while a backlog is read. No event is
 * late or in time because of it: {@link PartitionProgress} waits for the one furthest behind
 * anyway.
 *
 * @param maxDrift how far ahead of the one furthest behind, in event time; positive. A reader that
 *     stands this far ahead waits for at most two turns of {@code every}, so that a replay goes at
 *     about {@code maxDrift} per {@code every}, if there are fewer events than the job can take
 * @param every how often readers tell each other where they stand; positive
 * @param patience how long one that brings nothing, though it could, is waited for: it may be at
 *     its end. Positive
 */
public record Alignment(Duration maxDrift, Duration every, Duration patience)
    implements Serializable {
  /** A week, five times a second: a year is replayed in no less than ten to twenty seconds. */
  public static final Alignment DEFAULT =
      new Alignment(Duration.ofDays(7), Duration.ofMillis(200), Duration.ofSeconds(5));

  public Alignment {
    requirePositive("maxDrift", maxDrift);
    requirePositive("every", every);
    requirePositive("patience", patience);
  }

  /** The same with another drift. */
  public Alignment withMaxDrift(Duration otherDrift) {
    return new Alignment(otherDrift, every, patience);
  }

  private static void requirePositive(String name, Duration duration) {
    requireNonNull(duration, name);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s: %s is not positive".formatted(name, duration));
    }
  }
}
