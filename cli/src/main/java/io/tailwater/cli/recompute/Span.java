// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A window, as from when to when it holds an event. All in milliseconds since the epoch. Of two
 * events the older one neither enters nor leaves later.
 */
public sealed interface Span {
  /** The instant at which a window that never lets go does. */
  long NEVER = Long.MAX_VALUE;

  /** The first instant at which the window holds an event of {@code time}. */
  long enters(long time);

  /** The first instant at which it does not any more, or {@link #NEVER}. */
  long leaves(long time);

  /**
   * At t, [t − offset − length, t − offset].
   *
   * @param lengthMillis positive
   * @param offsetMillis not negative
   */
  record Trailing(long lengthMillis, long offsetMillis) implements Span {
    @Override
    public long enters(long time) {
      return time + offsetMillis;
    }

    @Override
    public long leaves(long time) {
      return time + offsetMillis + lengthMillis + 1;
    }
  }

  /** At t, t's day in a zone up to t. */
  record LocalDay(ZoneId zone) implements Span {
    @Override
    public long enters(long time) {
      return time;
    }

    @Override
    public long leaves(long time) {
      return Instant.ofEpochMilli(time)
          .atZone(zone)
          .toLocalDate()
          .plusDays(1)
          .atStartOfDay(zone)
          .toInstant()
          .toEpochMilli();
    }
  }

  /** Everything up to t. */
  record Lifetime() implements Span {
    @Override
    public long enters(long time) {
      return time;
    }

    @Override
    public long leaves(long time) {
      return NEVER;
    }
  }
}
