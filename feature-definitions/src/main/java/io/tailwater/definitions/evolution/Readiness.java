// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

/**
 * From when on a stream that goes on from its savepoint has exact values of a feature.
 *
 * @param afterMillis when so much event time has passed, in milliseconds; 0 for at once, {@link
 *     #NEVER}
 * @param cause why then
 */
public record Readiness(long afterMillis, Cause cause) {
  /** What a lifetime has lost does not come back. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What a value can be made of. */
  public enum Cause {
    /** It is the value that the state has. */
    SAME,
    /** The state holds all events of the window. */
    LOGGED,
    /** The state holds the events of a shorter time than the window. */
    LONGER_THAN_LOGGED,
    /** Of the events in the state something is not known that is computed of them now. */
    NEW_COLUMN,
    /** The view takes other events of the source than before, or gives them to others. */
    OTHER_EVENTS,
    /** The view has not read the source before. */
    NEW_SOURCE,
    /** There is no state of the view. */
    NEW_VIEW,
    /** It is what a query gives when it is next run. */
    QUERY
  }

  /** Of a value that goes on. */
  static final Readiness SAME = new Readiness(0, Cause.SAME);

  public Readiness {
    requireNonNull(cause, "cause is null");
    if (afterMillis < 0) {
      throw new IllegalArgumentException("%d ms is negative".formatted(afterMillis));
    }
  }

  /** Whether values are exact from the first one on. */
  public boolean isAtOnce() {
    return afterMillis == 0;
  }

  /** That of what is computed of both. */
  Readiness and(Readiness other) {
    boolean isOther =
        other.afterMillis > afterMillis
            || (other.afterMillis == afterMillis && other.cause.compareTo(cause) > 0);
    return isOther ? other : this;
  }
}
