// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Window;
import java.util.Optional;

/** Reads {@code window} and the elements of {@code windows}. */
final class WindowReader {
  private static final String SLIDING = "a sliding window: " + Durations.EXPECTED;

  private WindowReader() {}

  /** The window; empty, with a problem added, if it is none. */
  static Optional<Window> read(YamlValue value) {
    if (value.isMapping()) {
      value.problem("%s, which this version does not support".formatted(kind(value)), SLIDING);
      return Optional.empty();
    }
    Optional<String> text = value.asText(SLIDING);
    if (text.isPresent() && text.get().strip().equals("lifetime")) {
      value.problem("a lifetime window, which this version does not support", SLIDING);
      return Optional.empty();
    }
    return text.map(duration -> Durations.read(value, 1))
        .filter(millis -> millis.isPresent())
        .map(millis -> new Window(millis.getAsLong()));
  }

  private static String kind(YamlValue value) {
    Optional<YamlMapping> mapping = value.asMapping();
    if (mapping.isPresent() && mapping.get().has("calendar")) {
      return "a calendar window";
    }
    return mapping.isPresent() && mapping.get().has("offset") ? "a lagged window" : "such a window";
  }
}
