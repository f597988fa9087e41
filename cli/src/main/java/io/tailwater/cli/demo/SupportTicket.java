// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/** A customer asks for help. */
record SupportTicket(String ticketId, Long customerId, String topic, long eventTime)
    implements ShopEvent {
  static final String SOURCE = "support_tickets";

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public String id() {
    return ticketId;
  }

  @Override
  public Object value(String name) {
    return switch (name) {
      case "ticket_id" -> ticketId;
      case "customer_id" -> customerId;
      case "topic" -> topic;
      case "event_time" -> eventTime;
      default -> throw ShopEvent.unknown(name);
    };
  }

  @Override
  public @Nullable SupportTicket broken() {
    return null;
  }

  @Override
  public @Nullable SupportTicket conflicting() {
    return null;
  }
}
