// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import org.jspecify.annotations.Nullable;

/** Where an entity's vectors go. The arrays are handed over: nobody changes them afterwards. */
public interface FeatureOutput {
  /** The {@code validUntil} of a vector that steps no more by itself. */
  long FOREVER = Long.MAX_VALUE;

  /**
   * The entity's current vector, for the online store.
   *
   * @param asOf the instant of the vector; never goes back for an entity
   * @param validUntil the next instant at which the vector steps without a new event; {@link
   *     #FOREVER} if it does not
   * @param eventCount the number of distinct events applied
   * @param features the vector
   */
  void online(long asOf, long validUntil, long eventCount, @Nullable Object[] features);

  /**
   * A row of the offline table; of two rows with the same instant the later one counts.
   *
   * @param instant the instant from which the vector holds
   * @param features the vector
   */
  void offline(long instant, @Nullable Object[] features);
}
