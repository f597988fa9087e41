// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static io.tailwater.jobs.topology.Shop.DAY;
import static io.tailwater.jobs.topology.Shop.HOUR;

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
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project in two versions, with a view for each kind of change, over orders, carts and clicks
 * {@code (id, at, customer_id, amount, category)}.
 */
final class EvolvedShop {
  private static final Entity CUSTOMER =
      new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), "");
  private static final WatermarkPolicy POLICY =
      new WatermarkPolicy(5_000, 30_000, 2 * HOUR, 60_000);
  private static final AggregateFeature COUNT = count("count_6h", "orders", 6 * HOUR);
  private static final Feature SUM = of("sum_1d", AggregateFunction.SUM, "amount", DAY);
  private static final Feature MODE = of("mode_6h", AggregateFunction.MODE, "category", 6 * HOUR);
  private static final Feature MEDIAN = of("median_1d", AggregateFunction.MEDIAN, "amount", DAY);
  private static final Feature CARTS = count("carts_6h", "carts", 6 * HOUR);

  private final String topic;

  EvolvedShop(String topic) {
    this.topic = topic;
  }

  /** The topic of a source. */
  String topic(String source) {
    return topic + "-" + source;
  }

  Project before() {
    return project(
        List.of(
            view("adds", orders(), COUNT, SUM),
            view("adds_of_new", orders(), COUNT, SUM),
            view("drops", orders(), COUNT, SUM, MODE),
            view("lengthens", orders(), COUNT, SUM),
            view("shortens", orders(), COUNT, SUM),
            view("filters", orders(), COUNT, where("amount > 50")),
            view("takes", List.of(input("orders", "amount > 50")), COUNT, SUM),
            view("renames", orders(), COUNT, SUM),
            view("joins", orders(), COUNT, SUM),
            view("parts", List.of(input("orders", null), input("clicks", null)), COUNT, SUM),
            view("goes", List.of(input("clicks", null)), count("clicks_6h", "clicks", HOUR))));
  }

  Project after() {
    return project(
        List.of(
            view("adds", orders(), MEDIAN, COUNT, SUM),
            view("adds_of_new", orders(), COUNT, MODE, SUM),
            view("drops", orders(), COUNT, SUM),
            view(
                "lengthens",
                orders(),
                COUNT,
                of("sum_1d", AggregateFunction.SUM, "amount", 2 * DAY)),
            view("shortens", orders(), COUNT, of("sum_1d", AggregateFunction.SUM, "amount", HOUR)),
            view("filters", orders(), COUNT, where("amount > 20")),
            view("takes", List.of(input("orders", "amount > 20")), COUNT, SUM),
            view("renames", orders(), renamed(COUNT, "orders_6h"), SUM),
            view("joins", List.of(input("carts", null), input("orders", null)), COUNT, SUM, CARTS),
            view("parts", orders(), COUNT, SUM),
            view("comes", orders(), COUNT, SUM)));
  }

  /** A view of another entity than before. */
  Project otherKeys() {
    Entity other = new Entity("buyer", List.of(new JoinKey("buyer", ValueType.INT64)), "");
    FeatureView view =
        new FeatureView("adds", other, orders(), List.of(COUNT), null, Metadata.NONE);
    return new Project("shop", List.of(other), List.of(view.source()), List.of(view));
  }

  private Project project(List<FeatureView> views) {
    List<EventSource> sources =
        views.stream()
            .flatMap(view -> view.inputs().stream())
            .map(ViewInput::source)
            .distinct()
            .toList();
    return new Project("shop", List.of(CUSTOMER), sources, views);
  }

  private static FeatureView view(String name, List<ViewInput> inputs, Feature... features) {
    return new FeatureView(name, CUSTOMER, inputs, List.of(features), null, Metadata.NONE);
  }

  private List<ViewInput> orders() {
    return List.of(input("orders", null));
  }

  private ViewInput input(String source, @Nullable String where) {
    return new ViewInput(
        source(source),
        List.of("customer_id"),
        where == null ? null : new Expression(where, ValueType.BOOL));
  }

  private EventSource source(String name) {
    return new EventSource(
        name,
        "{}",
        Stream.of(
                new Field("id", ValueType.STRING, false),
                new Field("at", ValueType.TIMESTAMP, false),
                new Field("customer_id", ValueType.INT64, false),
                new Field("amount", ValueType.DOUBLE, false),
                new Field("category", ValueType.STRING, false))
            .toList(),
        new EventTime("at", null, "UTC"),
        List.of("id"),
        List.of(),
        POLICY,
        new KafkaTopic(topic(name), KafkaTopic.Format.JSON));
  }

  private static Feature where(String condition) {
    return new AggregateFeature(
            "sum_1d",
            "orders",
            Aggregate.of(AggregateFunction.SUM, new Expression("amount", ValueType.DOUBLE)),
            Window.sliding(DAY))
        .where(new Expression(condition, ValueType.BOOL));
  }

  private static AggregateFeature count(String name, String source, long window) {
    return new AggregateFeature(name, source, Aggregate.countAll(), Window.sliding(window));
  }

  private static Feature renamed(AggregateFeature was, String name) {
    return new AggregateFeature(
        name,
        was.source(),
        was.aggregate(),
        was.where(),
        was.window(),
        was.defaultValue(),
        was.metadata(),
        was.name());
  }

  private static Feature of(String name, AggregateFunction function, String field, long window) {
    ValueType type = field.equals("amount") ? ValueType.DOUBLE : ValueType.STRING;
    return new AggregateFeature(
        name,
        "orders",
        Aggregate.of(function, new Expression(field, type)),
        Window.sliding(window));
  }
}
