// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of SQL texts that the retail project uses, with their meanings in Java. */
final class ShopSql {
  private static final Pattern EQUALS = Pattern.compile("(\\w+) = '(\\w+)'");
  private static final Pattern AT_LEAST = Pattern.compile("(\\w+) >= (\\d+)");
  private static final Pattern IS_NOT_NULL = Pattern.compile("(\\w+) is not null");
  private static final Pattern RATIO = Pattern.compile("(\\w+) / (\\w+)");

  private ShopSql() {}

  /** A condition on an event. */
  static boolean isTrue(String sql, ShopEvent event) {
    Matcher matcher = EQUALS.matcher(sql);
    if (matcher.matches()) {
      return matcher.group(2).equals(event.value(matcher.group(1)));
    }
    matcher = AT_LEAST.matcher(sql);
    if (matcher.matches()) {
      Object value = event.value(matcher.group(1));
      return value instanceof Number number
          && number.doubleValue() >= Integer.parseInt(matcher.group(2));
    }
    matcher = IS_NOT_NULL.matcher(sql);
    if (matcher.matches()) {
      return event.value(matcher.group(1)) != null;
    }
    throw unknown(sql);
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
