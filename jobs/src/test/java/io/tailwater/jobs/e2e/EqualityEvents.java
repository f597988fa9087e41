// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Orders of twelve days with the trouble that streams have, in the order of time: bursts within a
 * millisecond, duplicates, duplicates with other values, numbers whose sums lose digits, missing
 * values, no key, no event at all, and dates of the next century. Some customers fall silent for
 * longer than a window. The same seed gives the same events.
 */
final class EqualityEvents {
  private static final long START = Instant.parse("2026-02-27T22:00:00Z").toEpochMilli();
  private static final long LENGTH = 12 * 86_400_000L;
  private static final long NEXT_CENTURY = Instant.parse("2126-01-01T00:00:00Z").toEpochMilli();
  private static final int CUSTOMERS = 30;
  private static final int PRODUCTS = 40;
  private static final double[] TROUBLESOME = {
    0.1, 1e16, -1e16, 1.0, -0.0, 0.0, 1e300, 1e-300, -1e300, Double.MIN_VALUE, 3.3333333333333335
  };

  private final Random random;
  private final List<Line> lines = new ArrayList<>();

  private EqualityEvents(long seed) {
    this.random = new Random(seed);
  }

  /** A line of a file, and the time at which it belongs. */
  record Line(long time, String text) {}

  /** {@code count} lines in the order of time. */
  static List<Line> inOrder(long seed, int count) {
    EqualityEvents events = new EqualityEvents(seed);
    while (events.lines.size() < count) {
      events.add(START + LENGTH * events.lines.size() / count);
    }
    events.lines.sort(Comparator.comparingLong(Line::time));
    return events.lines.subList(0, count);
  }

  /** The same lines in another order, none further behind another than {@code allowanceMillis}. */
  static List<Line> shuffled(List<Line> lines, long seed, long allowanceMillis) {
    Random random = new Random(seed);
    Map<Line, Long> arrivals = new IdentityHashMap<>();
    lines.forEach(line -> arrivals.put(line, line.time + random.nextLong(allowanceMillis)));
    List<Line> shuffled = new ArrayList<>(lines);
    shuffled.sort(Comparator.comparingLong(arrivals::get));
    return shuffled;
  }

  /** Every line twice. */
  static List<Line> twice(List<Line> lines) {
    List<Line> twice = new ArrayList<>();
    for (Line line : lines) {
      twice.add(line);
      // Not the same object: it is shuffled by itself.
      twice.add(new Line(line.time, line.text));
    }
    return twice;
  }

  private void add(long around) {
    long time = chance(3) ? around - around % 1_000 : around + random.nextInt(1_000);
    Map<String, Object> order = order(time);
    int burst = chance(15) ? 4 : 1;
    for (int i = 0; i < burst; i++) {
      order.put("order_id", "o" + lines.size());
      order.put("product_id", "p" + skewed(PRODUCTS));
      add(time, order);
      if (chance(25)) {
        add(time, order);
      }
      if (chance(40)) {
        order.put("quantity", 1 + random.nextInt(9));
        add(time, order);
      }
    }
    if (chance(60)) {
      lines.add(new Line(time, chance(2) ? "{\"order_id\": \"broken" : "not even JSON"));
    }
  }

  private Map<String, Object> order(long time) {
    Map<String, Object> order = new HashMap<>();
    order.put("at", chance(80) ? NEXT_CENTURY + time : time);
    order.put("customer_id", chance(30) ? null : customer(time));
    order.put("quantity", random.nextInt(10));
    order.put("unit_price", chance(12) ? null : price());
    order.put("status", chance(8) ? "CANCELLED" : chance(8) ? "RETURNED" : "COMPLETED");
    return order;
  }

  /** A third of the customers is there in the first days alone, so that their windows empty. */
  private long customer(long time) {
    int customer = skewed(CUSTOMERS);
    boolean silent = time > START + LENGTH / 6 && customer % 3 == 0;
    return silent ? customer + 1 : customer;
  }

  private double price() {
    return chance(6)
        ? TROUBLESOME[random.nextInt(TROUBLESOME.length)]
        : random.nextInt(10_000) / 100.0;
  }

  private void add(long time, Map<String, Object> order) {
    String text =
        String.format(
            Locale.ROOT,
            "{\"order_id\": \"%s\", \"at\": %s, \"customer_id\": %s, \"product_id\": \"%s\","
                + " \"quantity\": %s, \"unit_price\": %s, \"status\": \"%s\"}",
            order.get("order_id"),
            order.get("at"),
            order.get("customer_id"),
            order.get("product_id"),
            order.get("quantity"),
            order.get("unit_price"),
            order.get("status"));
    lines.add(new Line(time, text));
  }

  /** Small numbers often, large ones seldom. */
  private int skewed(int bound) {
    double draw = random.nextDouble();
    return (int) (bound * draw * draw);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
