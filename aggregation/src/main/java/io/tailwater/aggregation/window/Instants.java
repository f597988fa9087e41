// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/** Arithmetic on instants that may stand for "before" or "after everything". */
final class Instants {
  private Instants() {}

  /** {@code instant − millis}, or the beginning of time. */
  static long minus(long instant, long millis) {
    return instant < Long.MIN_VALUE + millis ? Long.MIN_VALUE : instant - millis;
  }

  /**
   * The first instant at which an event of {@code time} is not in a window; never if it never is.
   */
  static long leave(long time, long windowMillis) {
    return time >= Long.MAX_VALUE - windowMillis - 1 ? Long.MAX_VALUE : time + windowMillis + 1;
  }
}
