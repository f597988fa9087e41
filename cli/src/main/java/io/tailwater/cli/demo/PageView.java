// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/** One look at a page. */
record PageView(String viewId, @Nullable Long customerId, String page, long eventTime)
    implements ShopEvent {
  static final String SOURCE = "page_views";

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public String id() {
    return viewId;
  }

  @Override
  public @Nullable Object value(String name) {
    return switch (name) {
      case "view_id" -> viewId;
      case "customer_id" -> customerId;
      case "page" -> page;
      case "event_time" -> eventTime;
      default -> throw ShopEvent.unknown(name);
    };
  }

  @Override
  public @Nullable PageView broken() {
    return null;
  }

  @Override
  public @Nullable PageView conflicting() {
    return null;
  }
}
