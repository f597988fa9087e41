// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A feature of a view, by their names, or all of them.
 *
 * @param view the name of the view
 * @param feature the name of the feature in it, or {@value #ALL}
 */
public record FeatureReference(String view, String feature) implements Serializable {
  /** As a feature: all of the view. */
  public static final String ALL = "*";

  public FeatureReference {
    requireNonNull(view, "view is null");
    requireNonNull(feature, "feature is null");
  }

  /**
   * What a text names.
   *
   * @param text {@code view:feature} or {@code view:*}
   * @throws IllegalArgumentException if it is neither
   */
  public static FeatureReference parse(String text) {
    int colon = text.indexOf(':');
    String view = colon < 0 ? "" : text.substring(0, colon).strip();
    String feature = text.substring(colon + 1).strip();
    if (view.isEmpty() || feature.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' names no feature, expected 'view:feature', or 'view:*' for all features of a view"
              .formatted(text));
    }
    return new FeatureReference(view, feature);
  }

  /** Whether all features of the view are meant. */
  public boolean isAll() {
    return feature.equals(ALL);
  }

  /** As definitions and commands write it: {@code view:feature}. */
  @Override
  public String toString() {
    return view + ":" + feature;
  }
}
