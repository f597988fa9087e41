// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/** An event of the demo's shop, with the fields of its source in the retail project. */
sealed interface ShopEvent permits Order, Cart, PageView, SupportTicket {
  /** What the retail project calls its source. */
  String source();

  /** With {@link #eventTime()}, what makes two events of a source the same. */
  String id();

  /** Null for a guest. */
  @Nullable Long customerId();

  /** Milliseconds since the epoch. */
  long eventTime();

  /**
   * The value of a field or column of the source.
   *
   * @throws IllegalArgumentException if the retail project has grown a name that the demo does not
   *     know
   */
  @Nullable Object value(String name);

  /** The same, as a broken till would send it; null where there is no number to break. */
  @Nullable ShopEvent broken();

  /** The same event with other content; null where there is none that matters. */
  @Nullable ShopEvent conflicting();

  /** What {@link #value} throws. */
  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("the demo does not know the field '" + name + "'");
  }
}
