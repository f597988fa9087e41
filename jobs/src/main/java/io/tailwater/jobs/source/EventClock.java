// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.Serializable;

/**
 * The time of day that sources measure silence and the future against. Serializable, since it
 * travels with the job; {@link java.time.Clock} is not always.
 */
@FunctionalInterface
public interface EventClock extends Serializable {
  /** The current instant, milliseconds since the epoch. Called from several threads. */
  long millis();

  /** The machine's own clock. */
  static EventClock system() {
    return System::currentTimeMillis;
  }
}
