// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long after its event time an event arrives: most within seconds, a few within the hour, some
 * late by most of a day. Never by as much as the allowed lateness, so that none is too late.
 */
final class Delays {
  private static final long ORDINARY = Duration.ofSeconds(4).toMillis();
  private static final long SLOW = Duration.ofHours(1).toMillis();

  private final SplittableRandom random;
  private final long limit;

  /**
   * @param allowedLateness of the source, in milliseconds; a delay and a {@link #repeat} together
   *     stay below it
   */
  Delays(SplittableRandom random, long allowedLateness) {
    this.random = random;
    this.limit = allowedLateness * 9 / 10;
  }

  /** The delay of a first arrival. */
  long first() {
    int draw = random.nextInt(100);
    long delay;
    if (draw < 90) {
      delay = random.nextLong(ORDINARY);
    } else if (draw < 98) {
      delay = random.nextLong(SLOW);
    } else {
      delay = random.nextLong(Math.max(1, limit));
    }
    return Math.min(delay, limit * 9 / 10);
  }

  /** How much later than the first arrival a duplicate arrives. */
  long repeat() {
    return 1 + random.nextLong(Math.max(1, Math.min(SLOW, limit / 10)));
  }
}
