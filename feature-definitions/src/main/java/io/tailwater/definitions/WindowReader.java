// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.expression.Suggestions;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code window} and {@code windows}. */
final class WindowReader {
  private static final String LIFETIME = "lifetime";
  private static final String LISTED = Durations.EXPECTED + ", or lifetime";
  private static final String EXPECTED =
      LISTED + ", {length: …, offset: …} or {calendar: day, zone: …}";
  private static final Set<String> LAGGED_KEYS = Set.of("length", "offset");
  private static final Set<String> CALENDAR_KEYS = Set.of("calendar", "zone");
  private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

  private WindowReader() {}

  /**
   * The windows of a feature by the suffix that they give its name, which is empty for the one of
   * {@code window}; empty, with problems added, if not all are windows.
   */
  static Map<String, Window> readAll(YamlMapping feature) {
    if (feature.has("window") == feature.has("windows")) {
      feature
          .value()
          .problem(
              feature.has("window") ? "both 'window' and 'windows'" : "no 'window'",
              "'window: 7d', or 'windows: [7d, 30d]' for a feature of each");
      return Map.of();
    }
    Map<String, Window> windows = new LinkedHashMap<>();
    feature.get("window").flatMap(WindowReader::read).ifPresent(window -> windows.put("", window));
    feature.get("windows").ifPresent(value -> addAll(value, windows));
    return windows;
  }

  private static void addAll(YamlValue value, Map<String, Window> windows) {
    List<YamlValue> elements = value.asList();
    if (value.isList() && elements.isEmpty()) {
      value.problem("an empty list", "at least one window");
    }
    for (YamlValue element : elements) {
      Optional<Window> window = readListed(element);
      String suffix = "_" + window.flatMap(read -> element.text()).orElse("").strip();
      if (window.isPresent() && windows.put(suffix, window.get()) != null) {
        element.problem("%s a second time".formatted(element.describe()), "each window once");
      }
    }
    if (windows.size() < elements.size()) {
      windows.clear(); // A part of the features would blame those who use the others.
    }
  }

  private static Optional<Window> readListed(YamlValue element) {
    if (element.isMapping()) {
      element.problem(
          "fields",
          LISTED + ", whose text is the suffix of the feature's name",
          "a feature of its own has any 'window'");
      return Optional.empty();
    }
    return readText(element, LISTED);
  }

  private static Optional<Window> read(YamlValue value) {
    if (!value.isMapping()) {
      return readText(value, EXPECTED);
    }
    return value
        .asMapping()
        .flatMap(
            mapping ->
                mapping.has("calendar") || mapping.has("zone")
                    ? readCalendar(mapping)
                    : readLagged(mapping));
  }

  private static Optional<Window> readText(YamlValue value, String expected) {
    Optional<String> text = value.asText(expected).map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals(LIFETIME)) {
      return Optional.of(new Window.Lifetime());
    }
    OptionalLong length = Durations.parse(text.get());
    if (length.isEmpty()) {
      value.problem(value.describe(), expected);
      return Optional.empty();
    }
    return positive(value, length).map(Window::sliding);
  }

  private static Optional<Long> positive(YamlValue value, OptionalLong millis) {
    if (millis.isPresent() && millis.getAsLong() == 0) {
      value.problem(value.describe(), "a duration greater than 0");
    }
    return millis.isPresent() && millis.getAsLong() > 0
        ? Optional.of(millis.getAsLong())
        : Optional.empty();
  }

  private static Optional<Window> readLagged(YamlMapping mapping) {
    mapping.refuseOthers(LAGGED_KEYS, Map.of());
    OptionalLong length =
        mapping
            .require("length")
            .map(value -> Durations.read(value, 1))
            .orElse(OptionalLong.empty());
    OptionalLong offset =
        mapping.get("offset").map(value -> Durations.read(value, 0)).orElse(OptionalLong.of(0));
    return length.isEmpty() || offset.isEmpty()
        ? Optional.empty()
        : Optional.of(new Window.Sliding(length.getAsLong(), offset.getAsLong(), 1));
  }

  private static Optional<Window> readCalendar(YamlMapping mapping) {
    mapping.refuseOthers(CALENDAR_KEYS, Map.of());
    Optional<Window.Calendar.Period> period =
        mapping.require("calendar").flatMap(WindowReader::period);
    Optional<ZoneId> zone =
        mapping.has("zone")
            ? mapping.get("zone").flatMap(ZoneReader::read)
            : Optional.of(DEFAULT_ZONE);
    return period.flatMap(read -> zone.map(in -> new Window.Calendar(read, in)));
  }

  private static Optional<Window.Calendar.Period> period(YamlValue value) {
    Optional<String> text = value.asText("day, week or month");
    for (Window.Calendar.Period period : Window.Calendar.Period.values()) {
      if (text.isPresent() && period.name().toLowerCase(Locale.ROOT).equals(text.get().strip())) {
        return Optional.of(period);
      }
    }
    text.ifPresent(
        found ->
            value.problem(
                value.describe(),
                "day, week (from Monday) or month",
                Suggestions.didYouMean(found, Set.of("day", "week", "month")).orElse(null)));
    return Optional.empty();
  }
}
