// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A feature computed of other features of its view, after their defaults.
 *
 * @param name unique in the view
 * @param expression over the features that stand before it in {@link FeatureView#features()}
 * @param defaultValue what replaces a null; null if nothing does
 * @param metadata for people
 */
public record DerivedFeature(
    String name, Expression expression, @Nullable Object defaultValue, Metadata metadata)
    implements Feature {
  public DerivedFeature {
    requireNonNull(name, "name is null");
    requireNonNull(expression, "expression is null");
    requireNonNull(metadata, "metadata is null");
  }

  @Override
  public ValueType type() {
    return expression.type();
  }
}
