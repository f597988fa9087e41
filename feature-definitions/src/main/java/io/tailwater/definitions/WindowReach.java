// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.Window;
import java.util.OptionalLong;

/** For how long after it happened an event counts in a window. */
public final class WindowReach {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private WindowReach() {}

  /** The longest time in milliseconds; empty for ever. */
  public static OptionalLong of(Window window) {
    if (window instanceof Window.Sliding sliding) {
      long hop = sliding.hopMillis() == ExpiryReader.EXACT ? 0 : sliding.hopMillis();
      return OptionalLong.of(sliding.lengthMillis() + sliding.offsetMillis() + hop);
    }
    if (window instanceof Window.Calendar calendar) {
      long days =
          switch (calendar.period()) {
            case DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 31;
          };
      // When clocks are set back, the last day has an hour more.
      return OptionalLong.of(days * DAY + HOUR);
    }
    return OptionalLong.empty();
  }
}
