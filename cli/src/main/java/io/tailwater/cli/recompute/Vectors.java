// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the aggregates of a view to its features. */
@FunctionalInterface
public interface Vectors {
  /**
   * The features, in the view's order.
   *
   * @param aggregates their values, in the view's order
   */
  @Nullable Object[] features(List<@Nullable Object> aggregates);
}
