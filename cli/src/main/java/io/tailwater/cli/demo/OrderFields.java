// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/** The names that the retail project gives to the parts of an order. */
final class OrderFields {
  private OrderFields() {}

  /**
   * The value of a field or column of the retail project's source of orders.
   *
   * @throws IllegalArgumentException if the retail project has grown a name that the demo does not
   *     know
   */
  static @Nullable Object value(Order order, String name) {
    return switch (name) {
      case "order_id" -> order.orderId();
      case "customer_id" -> order.customerId();
      case "product_id" -> order.productId();
      case "category" -> order.category();
      case "quantity" -> order.quantity();
      case "unit_price" -> order.unitPrice();
      case "line_total" -> order.lineTotal();
      case "status" -> order.status();
      case "event_time" -> order.eventTime();
      default ->
          throw new IllegalArgumentException("the demo does not know the field '" + name + "'");
    };
  }
}
