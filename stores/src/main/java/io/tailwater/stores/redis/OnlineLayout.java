// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;

/**
 * How the vectors of one view stand in Redis, as far as a reader has to know. Immutable and
 * thread-safe.
 */
public interface OnlineLayout {
  /** The view's name. */
  String view();

  /**
   * What to ask for to get these features of the view, in this order.
   *
   * @throws IllegalArgumentException if the view has no feature of such a name
   */
  VectorFields select(List<String> features);
}
