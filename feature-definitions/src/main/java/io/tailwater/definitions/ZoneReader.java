// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads time zones. */
final class ZoneReader {
  private static final String EXPECTED = "a time zone such as UTC or Europe/Lisbon";

  private ZoneReader() {}

  /** The zone; empty, with a problem added, if it is none. */
  static Optional<ZoneId> read(YamlValue value) {
    Optional<String> zone = value.asText(EXPECTED);
    try {
      return zone.map(ZoneId::of);
    } catch (DateTimeException e) {
      String hint =
          Suggestions.didYouMean(zone.orElse(""), ZoneId.getAvailableZoneIds()).orElse(null);
      value.problem(value.describe(), EXPECTED, hint);
      return Optional.empty();
    }
  }
}
