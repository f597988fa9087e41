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
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;

/**
 * A project whose view {@code activity} is of the orders of {@link Shop} and of carts: orders of an
 * hour, spending of a day, carts of a day, the last cart. A second view is of the orders alone.
 */
final class Mall {
  static final String ACTIVITY = "activity";
  static final String SPEND = "spend";

  private Mall() {}

  /** A cart. Its id is made as that of an order. */
  record Cart(int customer, long time) {
    String json() {
      return "{\"cart_id\": \"%d-%d\", \"opened\": %d, \"shopper\": %d}"
          .formatted(time, customer, time, customer);
    }

    byte[] bytes() {
      return json().getBytes(UTF_8);
    }
  }

  static Project project(String orders, String carts) {
    Project shop = Shop.project(orders);
    EventSource cartSource = carts(carts);
    FeatureView spend = shop.views().get(0);
    return new Project(
        "mall",
        shop.entities(),
        List.of(shop.sources().get(0), cartSource),
        List.of(activity(shop.entities().get(0), shop.sources().get(0), cartSource), spend));
  }

  /** The same with the view of both sources alone. */
  static Project ofActivity(String orders, String carts) {
    Project mall = project(orders, carts);
    return new Project(mall.name(), mall.entities(), mall.sources(), List.of(mall.views().get(0)));
  }

  private static FeatureView activity(Entity customer, EventSource orders, EventSource carts) {
    Expression amount = new Expression("amount", ValueType.DOUBLE);
    Expression time = new Expression("event_time", ValueType.TIMESTAMP);
    Window hour = Window.sliding(Shop.HOUR);
    Window day = Window.sliding(Shop.DAY);
    return new FeatureView(
        ACTIVITY,
        customer,
        List.of(
            new ViewInput(orders, List.of("customer_id"), null),
            new ViewInput(carts, List.of("shopper"), null)),
        List.of(
            new AggregateFeature("orders_1h", "orders", Aggregate.countAll(), hour),
            new AggregateFeature(
                "spend_1d", "orders", Aggregate.of(AggregateFunction.SUM, amount), day),
            new AggregateFeature("carts_1d", "carts", Aggregate.countAll(), day),
            new AggregateFeature(
                "last_cart", "carts", Aggregate.of(AggregateFunction.MAX, time), day)),
        null,
        Metadata.NONE);
  }

  private static EventSource carts(String topic) {
    return new EventSource(
        "carts",
        "{}",
        List.of(
            new Field("cart_id", ValueType.STRING, false),
            new Field("opened", ValueType.TIMESTAMP, false),
            new Field("shopper", ValueType.INT32, true)),
        new EventTime("opened", null, "UTC"),
        List.of("cart_id"),
        List.of(),
        new WatermarkPolicy(5_000, 30_000, Shop.HOUR, 60_000),
        new KafkaTopic(topic, KafkaTopic.Format.JSON));
  }
}
