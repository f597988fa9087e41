// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.Comparator;

/** The order in which the fence lets vectors replace one another. */
final class FenceOrder {
  private static final Comparator<OnlineVector> ORDER =
      Comparator.comparingLong(OnlineVector::eventTimestamp)
          .thenComparingLong(OnlineVector::generation)
          .thenComparingLong(OnlineVector::eventCount);

  private FenceOrder() {}

  /** What the fence leaves if {@code earlier} is written and then {@code later}. */
  static OnlineVector keep(OnlineVector earlier, OnlineVector later) {
    return ORDER.compare(later, earlier) < 0 ? earlier : later;
  }
}
