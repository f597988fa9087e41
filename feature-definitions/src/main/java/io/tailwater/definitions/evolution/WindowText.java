// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.Durations;
import java.util.Locale;

/** Windows as definitions write them. */
final class WindowText {
  private WindowText() {}

  static String of(Window window) {
    if (window instanceof Window.Sliding sliding) {
      String length = Durations.format(sliding.lengthMillis());
      String text =
          sliding.offsetMillis() == 0
              ? length
              : "{length: %s, offset: %s}"
                  .formatted(length, Durations.format(sliding.offsetMillis()));
      return sliding.hopMillis() == 1
          ? text
          : "%s, expiry %s".formatted(text, Durations.format(sliding.hopMillis()));
    }
    return window instanceof Window.Calendar calendar
        ? "{calendar: %s, zone: %s}"
            .formatted(calendar.period().name().toLowerCase(Locale.ROOT), calendar.zone())
        : window.toString();
  }
}
