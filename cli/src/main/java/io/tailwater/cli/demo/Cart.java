// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/**
 * What happened to a cart.
 *
 * @param event {@code CREATED}, {@code ABANDONED} or {@code ORDERED}
 */
record Cart(
    String eventId, String cartId, Long customerId, String event, double cartValue, long eventTime)
    implements ShopEvent {
  static final String SOURCE = "carts";

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public String id() {
    return eventId;
  }

  @Override
  public Object value(String name) {
    return switch (name) {
      case "event_id" -> eventId;
      case "cart_id" -> cartId;
      case "customer_id" -> customerId;
      case "event" -> event;
      case "cart_value" -> cartValue;
      case "event_time" -> eventTime;
      default -> throw ShopEvent.unknown(name);
    };
  }

  @Override
  public Cart broken() {
    return new Cart(eventId, cartId, customerId, event, Double.NaN, eventTime);
  }

  @Override
  public Cart conflicting() {
    String other = event.equals("CREATED") ? "ABANDONED" : "CREATED";
    return new Cart(eventId, cartId, customerId, other, cartValue, eventTime);
  }
}
