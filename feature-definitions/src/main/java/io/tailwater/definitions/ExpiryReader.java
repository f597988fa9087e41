// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.Window;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code expiry}: how coarsely events leave sliding windows. */
final class ExpiryReader {
  /** Every event leaves at its own millisecond. */
  static final long EXACT = 1;

  private static final String EXPECTED = "exact, or " + Durations.EXPECTED;

  private ExpiryReader() {}

  /**
   * The expiry in milliseconds; the default if there is none or, with a problem added, it is bad.
   */
  static long read(YamlMapping mapping, long otherwise) {
    return mapping.get("expiry").map(value -> read(value, otherwise)).orElse(otherwise);
  }

  private static long read(YamlValue value, long otherwise) {
    Optional<String> text = value.asText(EXPECTED).map(String::strip);
    if (text.isEmpty() || text.get().equals("exact")) {
      return text.isEmpty() ? otherwise : EXACT;
    }
    OptionalLong millis = Durations.parse(text.get());
    if (millis.isEmpty() || millis.getAsLong() == 0) {
      value.problem(value.describe(), EXPECTED);
      return otherwise;
    }
    return millis.getAsLong();
  }

  /**
   * The window with the feature's expiry.
   *
   * @param inherited the view's expiry, which is for sliding windows alone
   */
  static Window apply(YamlMapping feature, Window window, long inherited) {
    Optional<YamlValue> own = feature.get("expiry");
    if (!(window instanceof Window.Sliding sliding)) {
      own.ifPresent(value -> refuse(value, window));
      return window;
    }
    long hop = read(feature, inherited);
    if (hop > sliding.lengthMillis()) {
      own.orElse(feature.value())
          .problem(
              "an expiry of %s beside a window of %s"
                  .formatted(Durations.format(hop), Durations.format(sliding.lengthMillis())),
              "one that is not longer than the window",
              own.isPresent() ? null : "it is the view's; the feature may have 'expiry: exact'");
      return window;
    }
    return new Window.Sliding(sliding.lengthMillis(), sliding.offsetMillis(), hop);
  }

  private static void refuse(YamlValue value, Window window) {
    Map<Class<?>, String> reasons =
        Map.of(
            Window.Lifetime.class, "of a lifetime, from which no event leaves",
            Window.Calendar.class, "of a calendar window, which all events leave at its boundary");
    value.problem("an expiry " + reasons.get(window.getClass()), "one beside sliding windows only");
  }
}
