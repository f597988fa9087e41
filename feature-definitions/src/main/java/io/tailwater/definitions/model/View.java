// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Features under one name, to which services and commands refer. */
public sealed interface View extends Serializable permits StoredView, OnDemandFeatureView {
  /** The name, unique among all views of the project. */
  String name();

  /** All features in dependency order: an expression stands behind what it uses. */
  List<? extends Feature> features();

  /** For people. */
  Metadata metadata();

  /** The feature of that name; empty if there is none. */
  default Optional<Feature> feature(String featureName) {
    return features().stream()
        .filter(feature -> feature.name().equals(featureName))
        .map(Feature.class::cast)
        .findFirst();
  }
}
