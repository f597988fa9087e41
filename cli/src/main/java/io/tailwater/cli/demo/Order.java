// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * An order as the demo's shop knows it, with the fields of the retail project's schema.
 *
 * @param orderId with {@code eventTime}, what makes two orders the same event
 * @param customerId null for a guest, who has no features
 * @param unitPrice may be not a number, where the shop's software is broken
 * @param status only {@link #COMPLETED} orders count
 * @param eventTime milliseconds since the epoch
 */
record Order(
    String orderId,
    @Nullable Long customerId,
    String productId,
    String category,
    int quantity,
    double unitPrice,
    String status,
    long eventTime) {
  static final String COMPLETED = "COMPLETED";

  boolean isCompleted() {
    return status.equals(COMPLETED);
  }

  /** What the order is worth, as the definitions' {@code line_total}. */
  double lineTotal() {
    return quantity * unitPrice;
  }

  Order withEventTime(long instant) {
    return new Order(
        orderId, customerId, productId, category, quantity, unitPrice, status, instant);
  }

  Order withQuantity(int other) {
    return new Order(orderId, customerId, productId, category, other, unitPrice, status, eventTime);
  }

  Order withUnitPrice(double other) {
    return new Order(orderId, customerId, productId, category, quantity, other, status, eventTime);
  }
}
