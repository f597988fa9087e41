// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.retrieval.OutputFeature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What features are called in an answer: clients find them by these names. */
final class FeatureNames {
  private static final String COLLISION = "FeatureNameCollisionError";

  private FeatureNames() {}

  /**
   * The names of features, in their order.
   *
   * @param full whether each is called {@code view__feature}
   * @param taken names that an answer has for something else
   * @throws ClientError if several features would have one name
   */
  static List<String> of(List<OutputFeature> features, boolean full, Collection<String> taken) {
    List<String> names = new ArrayList<>(features.size());
    Set<String> once = new HashSet<>(taken);
    Set<String> shared = new TreeSet<>();
    for (OutputFeature feature : features) {
      String name =
          full ? feature.view() + OnDemandFeatureView.QUALIFIER + feature.name() : feature.name();
      names.add(name);
      if (!once.add(name)) {
        shared.add(name);
      }
    }
    if (!shared.isEmpty()) {
      throw ClientError.badRequest(
          COLLISION,
          "found several features called %s: %s"
              .formatted(
                  String.join(", ", shared),
                  full ? "rename one of them" : "ask with \"full_feature_names\": true"));
    }
    return names;
  }

  /**
   * Refuses a list that names a feature twice.
   *
   * @throws ClientError if it does
   */
  static void requireDistinct(List<String> references) {
    Set<String> once = new HashSet<>();
    for (String reference : references) {
      if (!once.add(reference.strip())) {
        throw ClientError.badRequest(
            COLLISION, "found '%s' twice in 'features': ask for it once".formatted(reference));
      }
    }
  }
}
