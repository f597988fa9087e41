// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.cases;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureReference;
import org.jspecify.annotations.Nullable;

/**
 * What one feature must be.
 *
 * @param feature which
 * @param type its type
 * @param value of the type's Java class, or null
 * @param place where it is written
 */
public record ExpectedValue(
    FeatureReference feature, ValueType type, @Nullable Object value, Place place) {
  public ExpectedValue {
    requireNonNull(feature, "feature is null");
    requireNonNull(type, "type is null");
    requireNonNull(place, "place is null");
  }
}
