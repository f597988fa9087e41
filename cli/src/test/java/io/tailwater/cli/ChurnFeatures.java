// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static io.tailwater.cli.ChurnHistory.DAY;

import io.tailwater.cli.ChurnHistory.Order;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The features of the shipped example's service churn_v1, computed from scratch: what a label has
 * to get.
 */
record ChurnFeatures(ChurnHistory history, List<Profile> profiles) {
  /** A customer as the shop's database had it since {@code updatedAt}. */
  record Profile(
      long customer,
      long signedUpAt,
      @Nullable Long totalOrders,
      @Nullable Double lifetimeValue,
      @Nullable String category,
      @Nullable Boolean verified,
      long updatedAt) {}

  /** By name, in the service's order: Long, Double, String, Boolean or null. */
  Map<String, @Nullable Object> of(long customer, long t) {
    Map<String, @Nullable Object> features = new LinkedHashMap<>();
    addProfile(features, customer, t);
    addBehavior(features, customer, t);
    addToday(features, customer, t);
    addScores(features);
    return features;
  }

  private void addProfile(Map<String, @Nullable Object> features, long customer, long t) {
    Profile profile =
        profiles.stream()
            .filter(p -> p.customer() == customer && p.updatedAt() <= t)
            .max(Comparator.comparingLong(Profile::updatedAt))
            .orElse(null);
    if (profile == null) {
      for (String name :
          List.of(
              "account_age_days",
              "total_orders",
              "lifetime_value",
              "preferred_category",
              "email_verified")) {
        features.put(name, null);
      }
      return;
    }
    features.put("account_age_days", (t - profile.signedUpAt()) / DAY);
    features.put("total_orders", orElse(profile.totalOrders(), 0L));
    features.put("lifetime_value", orElse(profile.lifetimeValue(), 0.0));
    features.put("preferred_category", profile.category());
    features.put("email_verified", orElse(profile.verified(), false));
  }

  private void addBehavior(Map<String, @Nullable Object> features, long customer, long t) {
    long ever = Long.MIN_VALUE;
    boolean known =
        !history.purchases(customer, ever, t).isEmpty()
            || history.hasCart(customer, t)
            || history.views(customer, ever, t) > 0
            || history.tickets(customer, ever, t) > 0;
    List<Order> month = history.purchases(customer, t - 30 * DAY, t);
    OptionalLong last = history.purchases(customer, ever, t).stream().mapToLong(Order::at).max();
    long created = history.carts(customer, "CREATED", t - 30 * DAY, t);
    long abandoned = history.carts(customer, "ABANDONED", t - 30 * DAY, t);
    put(features, "purchases_last_7d", known, count(history.purchases(customer, t - 7 * DAY, t)));
    put(features, "purchases_last_30d", known, count(month));
    put(features, "avg_order_value_30d", known, average(month));
    put(
        features,
        "days_since_last_purchase",
        known,
        last.isPresent() ? (Object) ((t - last.getAsLong()) / DAY) : null);
    put(
        features,
        "cart_abandonment_rate_30d",
        known,
        created == 0 ? null : (Object) ((double) abandoned / created));
    put(features, "support_tickets_last_30d", known, history.tickets(customer, t - 30 * DAY, t));
    put(features, "page_views_last_7d", known, history.views(customer, t - 7 * DAY, t));
  }

  private void addToday(Map<String, @Nullable Object> features, long customer, long t) {
    boolean known = !history.purchases(customer, Long.MIN_VALUE, t).isEmpty();
    List<Order> today = history.purchases(customer, t - DAY, t);
    put(features, "purchases_today", known, count(today));
    put(features, "spend_today", known, sum(today));
    put(features, "avg_order_today", known, average(today));
  }

  private static void addScores(Map<String, @Nullable Object> features) {
    Long days = (Long) features.get("days_since_last_purchase");
    Long purchases = (Long) features.get("purchases_last_30d");
    Long views = (Long) features.get("page_views_last_7d");
    features.put("recency_score", days == null ? null : 1.0 / (1.0 + days / 30.0));
    features.put(
        "activity_score",
        purchases == null || views == null
            ? null
            : Math.min(1.0, (10 * purchases + views) / 100.0));
  }

  private static void put(
      Map<String, @Nullable Object> features, String name, boolean known, @Nullable Object value) {
    features.put(name, known ? value : null);
  }

  private static Object orElse(@Nullable Object value, Object other) {
    return value == null ? other : value;
  }

  private static long count(List<Order> orders) {
    return orders.size();
  }

  /** Exact, and rounded once. */
  private static double sum(List<Order> orders) {
    return orders.stream()
        .map(order -> new BigDecimal(order.total()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static @Nullable Double average(List<Order> orders) {
    return orders.isEmpty() ? null : (Double) (sum(orders) / orders.size());
  }
}
