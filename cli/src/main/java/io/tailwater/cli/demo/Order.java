// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One line of an order.
 *
 * @param unitPrice may be not a number, where the shop's software is broken
 * @param status only {@link #COMPLETED} orders count
 */
record Order(
    String orderId,
    @Nullable Long customerId,
    String productId,
    String category,
    int quantity,
    double unitPrice,
    String status,
    long eventTime)
    implements ShopEvent {
  static final String SOURCE = "orders";
  static final String COMPLETED = "COMPLETED";

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public String id() {
    return orderId;
  }

  @Override
  public @Nullable Object value(String name) {
    return switch (name) {
      case "order_id" -> orderId;
      case "customer_id" -> customerId;
      case "product_id" -> productId;
      case "category" -> category;
      case "quantity" -> quantity;
      case "unit_price" -> unitPrice;
      case "line_total" -> quantity * unitPrice;
      case "status" -> status;
      case "event_time" -> eventTime;
      default -> throw ShopEvent.unknown(name);
    };
  }

  @Override
  public Order broken() {
    return new Order(
        orderId, customerId, productId, category, quantity, Double.NaN, status, eventTime);
  }

  @Override
  public Order conflicting() {
    return new Order(
        orderId, customerId, productId, category, quantity + 1, unitPrice, status, eventTime);
  }

  boolean isCompleted() {
    return status.equals(COMPLETED);
  }
}
