// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How sources run.
 *
 * @param clock what silence and the future are measured against
 * @param confirmEvery how often the broker is asked for the end of a partition that stays silent;
 *     on a silent topic the watermark moves in such steps. Positive
 */
public record SourceOptions(EventClock clock, Duration confirmEvery) implements Serializable {
  public SourceOptions {
    requireNonNull(clock, "clock is null");
    if (confirmEvery.isNegative() || confirmEvery.isZero()) {
      throw new IllegalArgumentException(
          "confirmEvery: %s is not positive".formatted(confirmEvery));
    }
  }

  /** The machine's clock; every second. */
  public static SourceOptions defaults() {
    return new SourceOptions(EventClock.system(), Duration.ofSeconds(1));
  }

  /** The same with another clock. */
  public SourceOptions withClock(EventClock otherClock) {
    return new SourceOptions(otherClock, confirmEvery);
  }
}
