// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/**
 * A place in the log: the first event at or after a bound that its owner knows. Logical, so that it
 * survives insertions and splits.
 */
final class Pointer {
  /** The {@link #time} of a pointer behind the newest event. */
  static final long NOWHERE = Long.MAX_VALUE;

  /** The chunk in which the event stands; the open one if there is none yet. */
  long chunk;

  /** The event's time; {@link #NOWHERE} if there is none yet. */
  long time;

  Pointer(long chunk, long time) {
    this.chunk = chunk;
    this.time = time;
  }

  boolean isNowhere() {
    return time == NOWHERE;
  }

  boolean isAt(Pointer other) {
    return chunk == other.chunk && time == other.time;
  }

  Pointer copy() {
    return new Pointer(chunk, time);
  }
}
