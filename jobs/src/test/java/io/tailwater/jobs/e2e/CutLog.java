// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.definitions.program.ViewProgram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A log of orders in two partitions, out of order, late and twice, and a project that reads it as
 * often as wanted, each time from a topic of its own into a view of its own.
 *
 * @param allowedLateness of the project's sources, in milliseconds
 */
record CutLog(List<CutLog.Line> lines, long allowedLateness) {
  static final int PARTITIONS = 2;
  static final long OUT_OF_ORDERNESS = 1_000;

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  /** The partition, the minute, the customer and the amount of each; ids are of those. */
  static final CutLog SMALL =
      new CutLog(
          List.of(
              new Line(0, 0, 1, 10.5),
              new Line(1, 1, 2, 0.25),
              new Line(0, 50, 1, 1.0),
              new Line(1, 55, 2, 3.0),
              new Line(0, 30, 1, 7.0), // late
              new Line(1, 55, 2, 3.0), // again
              new Line(0, 90, 1, 2.5),
              new Line(1, 89, 1, 4.0), // out of order
              new Line(1, 10, 2, 8.0), // late, before the others of the customer
              new Line(0, 30, 1, 7.0), // late, and again
              new Line(1, 200, 2, 1.5),
              new Line(0, 199, 3, 6.0), // a new customer
              new Line(1, 20, 3, 9.0), // late, before all that is known of the customer
              new Line(0, 201, 1, 0.1),
              new Line(1, 260, 9, 1.0),
              new Line(0, 260, 9, 2.0)),
          DAY);

  /** Of half an hour of lateness: a third of the first lines come too late to count. */
  static final CutLog TOO_LATE =
      new CutLog(
          List.of(
              new Line(0, 0, 1, 10.5),
              new Line(1, 1, 2, 0.25),
              new Line(0, 100, 1, 1.0),
              new Line(1, 100, 2, 3.0),
              new Line(0, 50, 1, 7.0), // too late
              new Line(1, 60, 3, 9.0), // too late, and all that is known of the customer
              new Line(1, 20, 2, 5.0), // too late
              new Line(0, 120, 1, 2.5),
              new Line(1, 119, 2, 4.0),
              new Line(0, 110, 2, 1.5), // late
              new Line(0, 140, 1, 0.5),
              new Line(1, 141, 4, 6.0),
              new Line(1, 125, 1, 3.5), // late
              new Line(0, 141, 2, 0.75),
              new Line(1, 142, 1, 8.0),
              new Line(0, 143, 4, 2.0),
              new Line(1, 130, 2, 1.0), // late
              new Line(1, 144, 3, 5.5),
              new Line(0, 145, 2, 2.25),
              new Line(0, 135, 3, 4.5), // late
              new Line(1, 146, 1, 0.1),
              new Line(0, 147, 9, 1.0),
              new Line(1, 147, 9, 2.0),
              new Line(0, 138, 1, 6.5), // late
              new Line(1, 148, 2, 7.5),
              new Line(0, 149, 9, 3.0),
              new Line(1, 149, 9, 4.0)),
          30 * MINUTE);

  /** Forty customers, a line every two minutes, many of them hours late or there before. */
  static CutLog random(long seed, int count) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count - PARTITIONS; i++) {
      if (random.nextInt(10) == 0 && i > 0) {
        lines.add(lines.get(random.nextInt(i)));
      } else {
        int late = random.nextInt(5) == 0 ? random.nextInt(600) : 0;
        lines.add(
            new Line(
                random.nextInt(PARTITIONS),
                Math.max(0, 2 * i - late),
                random.nextInt(40),
                random.nextInt(1_000) / 10.0));
      }
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      lines.add(new Line(partition, 2 * count + 60, 99, 1.0));
    }
    return new CutLog(lines, DAY);
  }

  record Line(int partition, int minute, long customer, double amount) {
    long time() {
      return START + minute * MINUTE;
    }

    String id() {
      return "%d-%d-%s".formatted(customer, minute, amount);
    }

    /** As JSON. */
    String text() {
      return "{\"order_id\": \"%s\", \"at\": %d, \"customer_id\": %d, \"amount\": %s}"
          .formatted(id(), time(), customer, amount);
    }

    byte[] bytes() {
      return text().getBytes(UTF_8);
    }
  }

  int size() {
    return lines.size();
  }

  /** The watermark behind the first lines; empty time is {@link Long#MIN_VALUE}. */
  long watermark(int count) {
    long[] newest = {Long.MIN_VALUE, Long.MIN_VALUE};
    lines
        .subList(0, count)
        .forEach(
            line -> newest[line.partition()] = Math.max(newest[line.partition()], line.time()));
    long least = Math.min(newest[0], newest[1]);
    return least == Long.MIN_VALUE ? least : least - OUT_OF_ORDERNESS - 1;
  }

  /**
   * Whether a line is too late for a stream that has read all lines before it: further behind the
   * watermark than is allowed.
   */
  boolean isTooLate(int index) {
    long watermark = watermark(index);
    return watermark != Long.MIN_VALUE && lines.get(index).time() < watermark - allowedLateness;
  }

  /** What the first lines mean: for each customer the values of its windows. */
  Map<Long, NaiveViews> truth(FeatureView view, int count) {
    Map<String, Line> distinct = new HashMap<>();
    lines.subList(0, count).forEach(line -> distinct.put(line.id(), line));
    Map<Long, List<NaiveEvent>> byCustomer = new HashMap<>();
    distinct
        .values()
        .forEach(
            line ->
                byCustomer
                    .computeIfAbsent(line.customer(), none -> new ArrayList<>())
                    .add(NaiveEvent.of(line.time(), line.amount())));
    Map<Long, NaiveViews> truth = new HashMap<>();
    byCustomer.forEach(
        (customer, events) ->
            truth.put(customer, new NaiveViews(ViewProgram.planOf(view), events)));
    return truth;
  }

  static String topic(String prefix, int index) {
    return "%s_%d".formatted(prefix, index);
  }

  static String view(int index) {
    return "spend_" + index;
  }

  /** With so many sources, each archived, and a view of each. */
  Project project(String prefix, int copies) {
    Entity customer =
        new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), "");
    List<EventSource> sources = new ArrayList<>();
    List<FeatureView> views = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      EventSource source = source("orders_" + i, topic(prefix, i));
      sources.add(source);
      views.add(
          new FeatureView(
              view(i), customer, source, List.of("customer_id"), null, features(source.name())));
    }
    return new Project(prefix, List.of(customer), sources, views);
  }

  private EventSource source(String name, String topic) {
    return new EventSource(
        name,
        "{}",
        List.of(
            new Field("order_id", ValueType.STRING, false),
            new Field("at", ValueType.TIMESTAMP, false),
            new Field("customer_id", ValueType.INT64, false),
            new Field("amount", ValueType.DOUBLE, false)),
        new EventTime("at", null, "UTC"),
        List.of("order_id"),
        List.of(),
        // Nothing but events moves time.
        new WatermarkPolicy(OUT_OF_ORDERNESS, HOUR, allowedLateness, MINUTE),
        new KafkaTopic(topic, KafkaTopic.Format.JSON),
        true);
  }

  private static List<Feature> features(String source) {
    Expression amount = new Expression("amount", ValueType.DOUBLE);
    return List.of(
        feature(source, "count_1h", Aggregate.countAll(), Window.sliding(HOUR)),
        feature(source, "sum_1d", Aggregate.of(AggregateFunction.SUM, amount), Window.sliding(DAY)),
        feature(
            source,
            "max_2h",
            Aggregate.of(AggregateFunction.MAX, amount),
            Window.sliding(2 * HOUR)),
        feature(
            source,
            "sum_the_hour_before",
            Aggregate.of(AggregateFunction.SUM, amount),
            new Window.Sliding(HOUR, HOUR, 1)));
  }

  private static Feature feature(String source, String name, Aggregate aggregate, Window window) {
    return new AggregateFeature(name, source, aggregate, window);
  }
}
