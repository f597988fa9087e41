// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

/**
 * Hears of each value that became null because it could not be computed: a division by zero, an
 * overflow, a result that is not finite.
 */
@FunctionalInterface
public interface FeatureNulls {
  /** Hears nothing. */
  FeatureNulls IGNORED = feature -> {};

  /**
   * Called once for each such value.
   *
   * @param feature the feature whose aggregate or expression it was; where an expression serves
   *     several features, each of them; for the {@code where} of an input and for a column of its
   *     source, each aggregate of the view that it decides
   */
  void overflowed(String feature);
}
