// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one customer whom the demo shows: six purchases in twelve hours, then silence. A day later
 * the vector falls to zero step by step with no event of this customer.
 */
final class HeroStory {
  /** How long before the end of history the first purchase is. */
  static final Duration LEAD = Duration.ofHours(60);

  private static final Duration GAP = Duration.ofMinutes(144);
  private static final int PURCHASES = 6;

  private HeroStory() {}

  /** The purchases, in order of time. */
  static List<Order> purchases(Shop shop, long end) {
    List<Order> purchases = new ArrayList<>();
    for (int i = 0; i < PURCHASES; i++) {
      long eventTime = end - LEAD.toMillis() + (i + 1) * GAP.toMillis();
      purchases.add(shop.orderOf(Shop.HERO, eventTime));
    }
    return purchases;
  }
}
