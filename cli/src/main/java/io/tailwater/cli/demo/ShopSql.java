// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL texts of the retail project, with their meanings in Java. */
final class ShopSql {
  private static final Pattern RATIO = Pattern.compile("(\\w+) / (\\w+)");

  private ShopSql() {}

  /** A condition on an order. */
  static boolean isTrue(String sql, Order order) {
    return switch (sql) {
      case "status = 'COMPLETED'" -> order.isCompleted();
      case "quantity >= 10" -> order.quantity() >= 10;
      default -> throw unknown(sql);
    };
  }

  /** A feature of other features. */
  static @Nullable Object derived(String sql, Map<String, @Nullable Object> features) {
    Matcher ratio = RATIO.matcher(sql);
    if (ratio.matches()) {
      return ratio(features.get(ratio.group(1)), features.get(ratio.group(2)));
    }
    throw unknown(sql);
  }

  private static @Nullable Object ratio(@Nullable Object dividend, @Nullable Object divisor) {
    if (dividend == null || divisor == null) {
      return null;
    }
    double quotient = ((Number) dividend).doubleValue() / ((Number) divisor).doubleValue();
    return Double.isFinite(quotient) ? quotient : null;
  }

  private static IllegalArgumentException unknown(String sql) {
    return new IllegalArgumentException("the demo does not know the expression: " + sql);
  }
}
