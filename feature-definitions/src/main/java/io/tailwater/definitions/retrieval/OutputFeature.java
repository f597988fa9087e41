// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureReference;
import java.io.Serializable;

/**
 * A feature that was asked for.
 *
 * @param view the name of its view, which is stored or on demand
 * @param name the feature's name
 * @param type the type of its values
 * @param column what it is called in a training set: its name or, where several that were asked for
 *     share it, {@code view__name}
 */
public record OutputFeature(String view, String name, ValueType type, String column)
    implements Serializable {
  public OutputFeature {
    requireNonNull(view, "view is null");
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(column, "column is null");
  }

  /** As definitions and commands write it: {@code view:name}. */
  public FeatureReference reference() {
    return new FeatureReference(view, name);
  }
}
