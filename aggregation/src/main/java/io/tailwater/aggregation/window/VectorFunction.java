// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import org.jspecify.annotations.Nullable;

/** Makes the feature vector of the aggregates: defaults and derived features. */
@FunctionalInterface
public interface VectorFunction {
  /**
   * The vector of an instant.
   *
   * @param aggregates the results of the plan's aggregates in order; not kept
   * @return a new array
   */
  @Nullable Object[] features(@Nullable Object[] aggregates);
}
