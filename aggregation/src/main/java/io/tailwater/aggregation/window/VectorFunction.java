// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import org.jspecify.annotations.Nullable;

/**
 * Makes the feature vector of the aggregates: defaults and derived features. It is told of results
 * that do not fit their types before it is asked for the vector that lacks them.
 */
@FunctionalInterface
public interface VectorFunction {
  /**
   * The vector of an instant.
   *
   * @param aggregates the results of the plan's aggregates in order; not kept
   * @return a new array
   */
  @Nullable Object[] features(@Nullable Object[] aggregates);

  /**
   * Hears that a result is null though there are values enough, because it does not fit its type;
   * where results are split into a map, once for each category that is missing for that.
   *
   * @param aggregate its index in the plan
   */
  default void overflowed(int aggregate) {}
}
