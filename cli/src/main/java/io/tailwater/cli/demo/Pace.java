// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;

/**
 * How long the parts of a demo take that one watches.
 *
 * @param slowMotion the last days of history
 * @param live the events of the present
 */
public record Pace(Duration slowMotion, Duration live) {
  /** Slow enough to read along. */
  public static final Pace FOR_PEOPLE = new Pace(Duration.ofSeconds(18), Duration.ofSeconds(6));
}
