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
 * @param alignment how far partitions and sources may run apart
 */
public record SourceOptions(EventClock clock, Duration confirmEvery, Alignment alignment)
    implements Serializable {
  public SourceOptions {
    requireNonNull(clock, "clock is null");
    requireNonNull(alignment, "alignment is null");
    if (confirmEvery.isNegative() || confirmEvery.isZero()) {
      throw new IllegalArgumentException(
          "confirmEvery: %s is not positive".formatted(confirmEvery));
    }
  }

  /** The machine's clock; every second; a week apart. */
  public static SourceOptions defaults() {
    return new SourceOptions(EventClock.system(), Duration.ofSeconds(1), Alignment.DEFAULT);
  }

  /** The same with another clock. */
  public SourceOptions withClock(EventClock otherClock) {
    return new SourceOptions(otherClock, confirmEvery, alignment);
  }

  /** The same asking at other intervals. */
  public SourceOptions withConfirmEvery(Duration interval) {
    return new SourceOptions(clock, interval, alignment);
  }

  /** The same with another alignment. */
  public SourceOptions withAlignment(Alignment otherAlignment) {
    return new SourceOptions(clock, confirmEvery, otherAlignment);
  }
}
