// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Customers, products and their habits: a few buy and sell most, everyone is silent for a week once
 * a month, one order in twenty is a guest's and one in twelve is cancelled, and of each ten views
 * of pages three are by who is not logged in. Deterministic by its random generator.
 */
final class Shop {
  /** The customer whom the demo shows. Only {@link HeroStory} buys in this name. */
  static final long HERO = 1001;

  /** The sources of its events. */
  static final List<String> SOURCES =
      List.of(Order.SOURCE, Cart.SOURCE, PageView.SOURCE, SupportTicket.SOURCE);

  private static final long FIRST_CUSTOMER = 1002;
  private static final int CUSTOMERS = 2_000;
  private static final int PRODUCTS = 500;
  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final int WEEKS_PER_SPELL = 4;
  private static final String[] CATEGORIES = {"kitchen", "garden", "books", "toys", "outdoor"};
  private static final String[] TOPICS = {"delivery", "payment", "return", "product"};

  private final SplittableRandom random;
  private final Zipf customers = new Zipf(CUSTOMERS, 1.0);
  private final Zipf products = new Zipf(PRODUCTS, 0.9);
  private int events;

  Shop(SplittableRandom random) {
    this.random = random;
  }

  /** The next event, by anyone who is not in an idle spell at that instant. */
  ShopEvent eventAt(long eventTime) {
    int draw = random.nextInt(100);
    if (draw < 40) {
      return eventOf(Order.SOURCE, eventTime);
    } else if (draw < 80) {
      return eventOf(PageView.SOURCE, eventTime);
    }
    return eventOf(draw < 95 ? Cart.SOURCE : SupportTicket.SOURCE, eventTime);
  }

  /** The next event of a source. */
  ShopEvent eventOf(String source, long eventTime) {
    return switch (source) {
      case Order.SOURCE ->
          order(random.nextInt(20) == 0 ? null : customerAt(eventTime), eventTime, status());
      case Cart.SOURCE -> cart(eventTime);
      case PageView.SOURCE -> pageView(eventTime);
      case SupportTicket.SOURCE ->
          new SupportTicket(
              nextId("t"), customerAt(eventTime), TOPICS[random.nextInt(TOPICS.length)], eventTime);
      default -> throw new IllegalArgumentException("the shop has no " + source);
    };
  }

  /** The next completed order of one customer. */
  Order orderOf(long customer, long eventTime) {
    return order(customer, eventTime, Order.COMPLETED);
  }

  private Order order(@Nullable Long customer, long eventTime, String status) {
    int product = products.next(random);
    return new Order(
        nextId("o"),
        customer,
        sku(product),
        CATEGORIES[product % CATEGORIES.length],
        quantity(),
        priceOf(product),
        status,
        eventTime);
  }

  private Cart cart(long eventTime) {
    int draw = random.nextInt(10);
    String event = draw < 5 ? "CREATED" : draw < 8 ? "ABANDONED" : "ORDERED";
    return new Cart(
        nextId("c"),
        "cart-%d".formatted(random.nextInt(1_000_000)),
        customerAt(eventTime),
        event,
        priceOf(products.next(random)),
        eventTime);
  }

  private PageView pageView(long eventTime) {
    Long customer = random.nextInt(10) < 3 ? null : customerAt(eventTime);
    String page = "/products/" + sku(products.next(random));
    return new PageView(nextId("v"), customer, page, eventTime);
  }

  private String nextId(String kind) {
    return "%s-%07d".formatted(kind, ++events);
  }

  private static String sku(int product) {
    return "sku-%03d".formatted(product);
  }

  private String status() {
    return switch (random.nextInt(24)) {
      case 0 -> "CANCELLED";
      case 1 -> "RETURNED";
      default -> Order.COMPLETED;
    };
  }

  private int quantity() {
    return 1 + random.nextInt(random.nextInt(15) == 0 ? 24 : 4);
  }

  private long customerAt(long eventTime) {
    int customer;
    do {
      customer = customers.next(random);
    } while (isIdle(customer, eventTime));
    return FIRST_CUSTOMER + customer;
  }

  private static boolean isIdle(int customer, long eventTime) {
    return (eventTime / WEEK + customer) % WEEKS_PER_SPELL == 0;
  }

  /** Two decimals, which doubles cannot hold: where sums depend on order, they would show it. */
  private double priceOf(int product) {
    int cents = 199 + 37 * product + random.nextInt(50);
    return cents / 100.0;
  }
}
