// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What customers of the shipped example did in sixty days: random, but the same for the same seed.
 *
 * @param orders those of guests among them
 * @param views those of who was not logged in among them
 */
record ChurnHistory(List<Order> orders, List<Cart> carts, List<View> views, List<Ticket> tickets) {
  static final long START = java.time.Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
  static final long DAY = 86_400_000L;
  static final int DAYS = 60;

  /** Who buys. */
  static final List<Long> BUYERS = List.of(1001L, 1002L, 1003L, 1004L);

  /** The one of them who buys nothing more after twenty days. */
  static final long LAPSED = 1004;

  private static final int LAPSED_AFTER = 20;

  /** Looks, asks and fills carts, and buys nothing. */
  static final long WINDOW_SHOPPER = 1005;

  record Order(
      String id,
      @Nullable Long customer,
      long at,
      int quantity,
      double unitPrice,
      String product,
      String status) {
    boolean isCompleted() {
      return status.equals("COMPLETED");
    }

    /** In doubles, as the example's column line_total. */
    double total() {
      return quantity * unitPrice;
    }

    private String json() {
      return """
          {"order_id": "%s", "customer_id": %s, "event_time": %d, "product_id": "%s", \
          "category": "toys", "quantity": %d, "unit_price": %s, "status": "%s"}"""
          .formatted(id, customer, at, product, quantity, unitPrice, status);
    }
  }

  record Cart(String id, long customer, long at, String event) {
    private String json() {
      return """
          {"event_id": "%s", "cart_id": "%s", "customer_id": %d, "event_time": %d, \
          "event": "%s", "cart_value": 9.5}"""
          .formatted(id, id, customer, at, event);
    }
  }

  record View(String id, @Nullable Long customer, long at) {
    private String json() {
      return """
          {"view_id": "%s", "customer_id": %s, "event_time": %d, "page": "/"}"""
          .formatted(id, customer, at);
    }
  }

  record Ticket(String id, long customer, long at) {
    private String json() {
      return """
          {"ticket_id": "%s", "customer_id": %d, "event_time": %d, "topic": "delivery"}"""
          .formatted(id, customer, at);
    }
  }

  static ChurnHistory random(Random random) {
    ChurnHistory history =
        new ChurnHistory(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (long customer : BUYERS) {
      history.addOrders(random, customer, 40, customer == LAPSED ? LAPSED_AFTER : DAYS);
      history.addOthers(random, customer);
    }
    history.addOthers(random, WINDOW_SHOPPER);
    history.addOrders(random, null, 20, DAYS);
    for (int i = 0; i < 20; i++) {
      history.views.add(new View("guest-" + i, null, anyTime(random)));
    }
    return history;
  }

  private void addOrders(Random random, @Nullable Long customer, int count, int days) {
    long at = anyTime(random, days);
    for (int i = 0; i < count; i++) {
      // Half of them soon after the one before: so that a day holds several.
      long soon = at + random.nextLong(DAY);
      at = random.nextBoolean() && soon < START + days * DAY ? soon : anyTime(random, days);
      String status =
          List.of("COMPLETED", "COMPLETED", "COMPLETED", "CANCELLED", "RETURNED")
              .get(random.nextInt(5));
      orders.add(
          new Order(
              customer + "-" + i,
              customer,
              at,
              1 + random.nextInt(12),
              random.nextInt(1, 20_000) / 100.0,
              "p" + random.nextInt(9),
              status));
    }
  }

  private void addOthers(Random random, long customer) {
    for (int i = 0; i < 30; i++) {
      String event = List.of("CREATED", "CREATED", "ABANDONED", "ORDERED").get(random.nextInt(4));
      carts.add(new Cart(customer + "-" + i, customer, anyTime(random), event));
    }
    for (int i = 0; i < 60; i++) {
      views.add(new View(customer + "-" + i, customer, anyTime(random)));
    }
    for (int i = 0; i < 8; i++) {
      tickets.add(new Ticket(customer + "-" + i, customer, anyTime(random)));
    }
  }

  private static long anyTime(Random random) {
    return anyTime(random, DAYS);
  }

  /** Within so many days, but not in the first few: so that there is a time before all events. */
  private static long anyTime(Random random, int days) {
    return START + 3 * DAY + random.nextLong((days - 3) * DAY);
  }

  /** Writes a file of JSON lines for each source, in no order, one order of them twice. */
  void write(Path folder, Random random) throws IOException {
    write(
        folder,
        "orders",
        random,
        Stream.concat(orders.stream(), orders.stream().filter(Order::isCompleted).limit(1))
            .map(Order::json));
    write(folder, "carts", random, carts.stream().map(Cart::json));
    write(folder, "page_views", random, views.stream().map(View::json));
    write(folder, "support_tickets", random, tickets.stream().map(Ticket::json));
  }

  private static void write(Path folder, String source, Random random, Stream<String> events)
      throws IOException {
    List<String> lines = new ArrayList<>(events.toList());
    java.util.Collections.shuffle(lines, random);
    Files.write(folder.resolve(source + ".jsonl"), lines);
  }

  /** When a customer did anything at all. */
  LongStream times(long customer) {
    return Stream.of(
            orders.stream().filter(e -> isOf(customer, e.customer())).map(Order::at),
            carts.stream().filter(e -> e.customer() == customer).map(Cart::at),
            views.stream().filter(e -> isOf(customer, e.customer())).map(View::at),
            tickets.stream().filter(e -> e.customer() == customer).map(Ticket::at))
        .flatMap(times -> times)
        .mapToLong(Long::longValue);
  }

  /** The completed orders of a customer in {@code [from, to]}. */
  List<Order> purchases(long customer, long from, long to) {
    return orders.stream()
        .filter(e -> isOf(customer, e.customer()) && e.isCompleted())
        .filter(e -> e.at() >= from && e.at() <= to)
        .toList();
  }

  long carts(long customer, String event, long from, long to) {
    return carts.stream()
        .filter(e -> e.customer() == customer && e.event().equals(event))
        .filter(e -> e.at() >= from && e.at() <= to)
        .count();
  }

  /** Whether anything happened to a cart, even what no feature counts. */
  boolean hasCart(long customer, long to) {
    return carts.stream().anyMatch(e -> e.customer() == customer && e.at() <= to);
  }

  long views(long customer, long from, long to) {
    return views.stream()
        .filter(e -> isOf(customer, e.customer()) && e.at() >= from && e.at() <= to)
        .count();
  }

  long tickets(long customer, long from, long to) {
    return tickets.stream()
        .filter(e -> e.customer() == customer && e.at() >= from && e.at() <= to)
        .count();
  }

  private static boolean isOf(long customer, @Nullable Long found) {
    return found != null && found == customer;
  }
}
