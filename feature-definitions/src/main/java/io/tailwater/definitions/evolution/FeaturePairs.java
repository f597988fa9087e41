// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which feature of a view goes on as which one. */
final class FeaturePairs {
  private final Map<String, Feature> before = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * @param before null if the view is new: then a former name has no meaning
   */
  FeaturePairs(@Nullable View before, View after) {
    if (before == null) {
      return;
    }
    Set<String> known = Set.copyOf(before.features().stream().map(Feature::name).toList());
    for (Feature feature : after.features()) {
      String was = feature.was();
      before.feature(feature.name()).ifPresent(same -> this.before.put(feature.name(), same));
      if (was == null) {
        continue;
      }
      Optional<Feature> former = before.feature(was);
      if (known.contains(feature.name()) && former.isPresent()) {
        refusals.add(
            new Refusal(
                after.name() + ":" + feature.name(),
                "was '%s', but so far the view has both".formatted(was),
                "drop 'was', and '%s' goes on as it is; or give it a name of its own"
                    .formatted(feature.name())));
      } else if (former.isPresent()) {
        this.before.put(feature.name(), former.get());
      } else if (!known.contains(feature.name())) {
        refusals.add(
            new Refusal(
                after.name() + ":" + feature.name(),
                "was '%s', of which nothing is known".formatted(was),
                Suggestions.didYouMean(was, known)
                    .orElse(
                        "drop 'was' if the feature is new; so far there are " + sorted(known))));
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** What the feature has been so far; empty if it is new. */
  Optional<Feature> before(String name) {
    return Optional.ofNullable(before.get(name));
  }

  /** Whether the feature goes on, under whatever name. */
  boolean goesOn(Feature feature) {
    return before.containsValue(feature);
  }

  /** Former names that cannot be. */
  List<Refusal> refusals() {
    return refusals;
  }
}
