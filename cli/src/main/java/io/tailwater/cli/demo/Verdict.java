// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/** What a view makes of an event. */
enum Verdict {
  MALFORMED,
  FILTERED,
  FUTURE,
  TOO_LATE,
  DUPLICATE,
  APPLIED;

  /** The verdict that is due. The checks run in the order that DESIGN gives them. */
  static Verdict of(ShopView view, ProducedEvent event) {
    Order order = event.order();
    if (order == null || event.fate() == Fate.BROKEN) {
      return MALFORMED;
    }
    if (!view.takes(order)) {
      return FILTERED;
    }
    if (view.key(order) == null) {
      return MALFORMED;
    }
    return switch (event.fate()) {
      case FUTURE -> FUTURE;
      case TOO_LATE -> TOO_LATE;
      case DUPLICATE -> DUPLICATE;
      case ORDINARY, BROKEN -> APPLIED;
    };
  }
}
