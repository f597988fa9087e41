// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;

/**
 * A column of features in a training set.
 *
 * @param name the column's name
 * @param type the type of its values
 */
public record FeatureColumn(String name, ValueType type) implements Serializable {
  public FeatureColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }
}
