// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A feature of a view, by their names.
 *
 * @param view the name of the view
 * @param feature the name of the feature in it
 */
public record FeatureReference(String view, String feature) implements Serializable {
  public FeatureReference {
    requireNonNull(view, "view is null");
    requireNonNull(feature, "feature is null");
  }

  /** As definitions and commands write it: {@code view:feature}. */
  @Override
  public String toString() {
    return view + ":" + feature;
  }
}
