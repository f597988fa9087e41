// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a view's {@code ttl}: for how long a row is good. */
final class TtlReader {
  private TtlReader() {}

  /** The ttl in milliseconds; empty if there is none or, with problems added, it is bad. */
  static Optional<Long> read(YamlMapping view, List<Feature> features) {
    Optional<YamlValue> value = view.get("ttl");
    OptionalLong millis = value.map(ttl -> Durations.read(ttl, 1)).orElse(OptionalLong.empty());
    if (millis.isEmpty()) {
      return Optional.empty();
    }
    for (Feature feature : features) {
      if (feature instanceof AggregateFeature aggregate) {
        value.ifPresent(ttl -> check(ttl, millis.getAsLong(), aggregate));
      }
    }
    return Optional.of(millis.getAsLong());
  }

  /** Rows exist only at steps: a value stays good until its window's next one. */
  private static void check(YamlValue ttl, long millis, AggregateFeature feature) {
    OptionalLong reach = WindowReach.of(feature.window());
    if (reach.isEmpty()) {
      ttl.problem(
          "a ttl beside '%s' over a lifetime, which is good until its next event"
              .formatted(feature.name()),
          "no ttl");
    } else if (millis < reach.getAsLong()) {
      ttl.problem(
          "%s, while an event counts in '%s' for %s"
              .formatted(ttl.describe(), feature.name(), Durations.format(reach.getAsLong())),
          "no ttl, or one that is not shorter: a row is written when the vector changes, and good"
              + " until then");
    }
  }
}
