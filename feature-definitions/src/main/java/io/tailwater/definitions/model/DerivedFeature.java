// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A feature computed of other features, after their defaults.
 *
 * @param name unique in the view
 * @param expression over the features that stand before it in {@link View#features()} and, when it
 *     is read, {@link Feature#REQUEST_TIME}; in an {@linkplain OnDemandFeatureView on-demand view}
 *     over all that {@link OnDemandFeatureView#row()} has, too
 * @param defaultValue what replaces a null; null if nothing does
 * @param isReadTime whether it is computed when it is read: it names the request's time, itself or
 *     through another feature, or it is of an on-demand view
 * @param metadata for people
 * @param was its former name; null if there is none
 */
public record DerivedFeature(
    String name,
    Expression expression,
    @Nullable Object defaultValue,
    boolean isReadTime,
    Metadata metadata,
    @Nullable String was)
    implements Feature {
  public DerivedFeature {
    requireNonNull(name, "name is null");
    requireNonNull(expression, "expression is null");
    requireNonNull(metadata, "metadata is null");
  }

  /** A stored feature. */
  public DerivedFeature(
      String name, Expression expression, @Nullable Object defaultValue, Metadata metadata) {
    this(name, expression, defaultValue, false, metadata, null);
  }

  /** A feature that is computed when it is read, without a default. */
  public static DerivedFeature readTime(String name, Expression expression) {
    return new DerivedFeature(name, expression, null, true, Metadata.NONE, null);
  }

  @Override
  public ValueType type() {
    return expression.type();
  }
}
