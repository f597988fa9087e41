// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
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
import java.util.List;

/**
 * A project with one view, over JSON orders: the count of an hour, the count and the sum of a day.
 */
final class Shop {
  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;
  static final WatermarkPolicy POLICY = new WatermarkPolicy(5_000, 30_000, DAY, 60_000);

  private static final List<Field> FIELDS =
      List.of(
          new Field("order_id", ValueType.STRING, false),
          new Field("at", ValueType.TIMESTAMP, false),
          new Field("customer_id", ValueType.INT64, false),
          new Field("amount", ValueType.DOUBLE, false));

  private Shop() {}

  /** An order. Its id is its time and customer. */
  record Order(long customer, long time, double amount) {
    String json() {
      return "{\"order_id\": \"%d-%d\", \"at\": %d, \"customer_id\": %d, \"amount\": %s}"
          .formatted(time, customer, time, customer, amount);
    }

    byte[] bytes() {
      return json().getBytes(UTF_8);
    }
  }

  static Project project(String topic) {
    return project(new KafkaTopic(topic, KafkaTopic.Format.JSON), "{}");
  }

  /** The same of a topic in another format. */
  static Project project(KafkaTopic topic, String schema) {
    Entity customer =
        new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), "");
    EventSource orders =
        new EventSource(
            "orders",
            schema,
            FIELDS,
            new EventTime("at", null, "UTC"),
            List.of("order_id"),
            List.of(),
            POLICY,
            topic);
    FeatureView view =
        new FeatureView(
            "spend",
            customer,
            orders,
            List.of("customer_id"),
            null,
            List.of(count("count_1h", HOUR), count("count_1d", DAY), sum("sum_1d", DAY)));
    return new Project("shop", List.of(customer), List.of(orders), List.of(view));
  }

  private static Feature count(String name, long window) {
    return new AggregateFeature(name, "orders", Aggregate.countAll(), Window.sliding(window));
  }

  private static Feature sum(String name, long window) {
    Expression amount = new Expression("amount", ValueType.DOUBLE);
    return new AggregateFeature(
        name, "orders", Aggregate.of(AggregateFunction.SUM, amount), Window.sliding(window));
  }
}
