// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Orders and visits of twelve days with the trouble that streams have, in the order of time: bursts
 * within a millisecond, duplicates, duplicates with other values, numbers whose sums lose digits or
 * leave their type, missing values, no key, no event at all, and dates of the next century. Some
 * customers fall silent for longer than a window. The same seed gives the same events.
 */
final class EqualityEvents {
  static final String ORDERS = "orders";
  static final String VISITS = "visits";

  private static final long START = Instant.parse("2015-10-22T22:00:00Z").toEpochMilli();
  private static final long LENGTH = 12 * 86_400_000L;
  private static final long NEXT_CENTURY = Instant.parse("2126-01-01T00:00:00Z").toEpochMilli();
  private static final int CUSTOMERS = 30;
  private static final int PRODUCTS = 40;
  private static final double[] TROUBLESOME = {
    0.1, 1e16, -1e16, 1.0, -0.0, 0.0, 1e300, 1e-300, -1e300, Double.MIN_VALUE, 3.3333333333333335
  };
  private static final float[] WEIGHTS = {0.1f, -0.0f, 3.4e38f, Float.MIN_VALUE, 16_777_217f};
  private static final long[] POINTS = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1L << 53};
  private static final BigDecimal LARGE_DISCOUNT = new BigDecimal("9999999999999999.9999");

  /** By code point the second last comes last; by UTF-16 unit it comes before the last one. */
  private static final String[] CHANNELS = {
    "app", "web", "", "a \"b\"", "магазин", "\uD83D\uDED2", "\uFB01lm"
  };

  private final Random random;
  private final List<Line> lines = new ArrayList<>();

  private EqualityEvents(long seed) {
    this.random = new Random(seed);
  }

  /**
   * A line of a source's file, and the time at which it belongs.
   *
   * @param fields what the text says, in the order of the schema, or null if it says nothing
   */
  record Line(String source, long time, String text, @Nullable Object @Nullable [] fields) {}

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
      twice.add(new Line(line.source, line.time, line.text, line.fields));
    }
    return twice;
  }

  /** An order and a visit that nothing is wrong with. */
  static List<Line> orderAndVisit(long seed, long time) {
    EqualityEvents events = new EqualityEvents(seed);
    Map<String, @Nullable Object> order = events.order(time);
    order.put("order_id", "o at " + time);
    order.put("at", time);
    order.put("product_id", "p0");
    events.add(ORDERS, time, order);
    Map<String, @Nullable Object> visit = events.visit(time);
    visit.put("session", "s at " + time);
    visit.put("seen", time);
    visit.put("page", "/");
    events.add(VISITS, time, visit);
    return events.lines;
  }

  private void add(long around) {
    long time = chance(3) ? around - around % 1_000 : around + random.nextInt(1_000);
    if (chance(4)) {
      addVisits(time);
    } else {
      addOrders(time);
    }
    if (chance(60)) {
      String text = chance(2) ? "{\"order_id\": \"broken" : "not even JSON";
      lines.add(new Line(chance(3) ? VISITS : ORDERS, time, text, null));
    }
  }

  private void addOrders(long time) {
    Map<String, @Nullable Object> order = order(time);
    int burst = chance(15) ? 4 : 1;
    for (int i = 0; i < burst; i++) {
      order.put("order_id", "o" + lines.size());
      order.put("product_id", "p" + skewed(PRODUCTS));
      add(ORDERS, time, order);
      if (chance(25)) {
        add(ORDERS, time, order);
      }
      if (chance(40)) {
        order.put("quantity", 1 + random.nextInt(9));
        order.put("channel", channel());
        add(ORDERS, time, order);
      }
    }
  }

  private Map<String, @Nullable Object> order(long time) {
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    order.put("order_id", null);
    order.put("at", chance(80) ? NEXT_CENTURY + time : time);
    order.put("customer_id", chance(30) ? null : customer(time));
    order.put("product_id", null);
    order.put("quantity", random.nextInt(10));
    order.put("unit_price", chance(12) ? null : price());
    order.put("status", chance(8) ? "CANCELLED" : chance(8) ? "RETURNED" : "COMPLETED");
    order.put("channel", channel());
    order.put("discount", chance(3) ? null : discount());
    order.put("points", chance(3) ? null : points());
    order.put("weight", chance(3) ? null : weight());
    order.put("gift", chance(3) ? null : chance(5));
    order.put("promised_at", chance(3) ? null : time + random.nextInt(5) * 86_400_000L);
    return order;
  }

  private void addVisits(long time) {
    Map<String, @Nullable Object> visit = visit(time);
    for (int step = 0; step <= random.nextInt(3); step++) {
      visit.put("step", step);
      visit.put("page", "/" + channel());
      visit.put("seconds", chance(5) ? null : random.nextInt(60));
      add(VISITS, time, visit);
      if (chance(10)) {
        add(VISITS, time, visit);
      }
    }
  }

  private Map<String, @Nullable Object> visit(long time) {
    Map<String, @Nullable Object> visit = new LinkedHashMap<>();
    visit.put("session", "s" + lines.size());
    visit.put("step", 0);
    visit.put("seen", chance(80) ? NEXT_CENTURY + time : time);
    visit.put("visitor", chance(30) ? null : customer(time));
    visit.put("page", null);
    visit.put("seconds", null);
    return visit;
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

  private @Nullable String channel() {
    return chance(8) ? null : CHANNELS[skewed(CHANNELS.length)];
  }

  private BigDecimal discount() {
    return chance(10)
        ? LARGE_DISCOUNT
        : BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 4);
  }

  private long points() {
    return chance(10) ? POINTS[random.nextInt(POINTS.length)] : random.nextInt(1_000);
  }

  private float weight() {
    return chance(10) ? WEIGHTS[random.nextInt(WEIGHTS.length)] : random.nextInt(1_000) / 8.0f;
  }

  private void add(String source, long time, Map<String, @Nullable Object> fields) {
    StringBuilder text = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append('"')
                .append(name)
                .append("\": ")
                .append(json(value)));
    lines.add(new Line(source, time, text.append('}').toString(), fields.values().toArray()));
  }

  private static String json(@Nullable Object value) {
    boolean text = value instanceof String || value instanceof BigDecimal;
    return text ? '"' + value.toString().replace("\"", "\\\"") + '"' : String.valueOf(value);
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
