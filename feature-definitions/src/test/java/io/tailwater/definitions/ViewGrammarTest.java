// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.ViewAlias;
import io.tailwater.definitions.model.ViewInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the features of a view may say, and what it means. */
class ViewGrammarTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;

  @TempDir private Path folder;

  @BeforeEach
  void writeSources() throws IOException {
    write(
        "order.avsc",
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": "long"},
          {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "category", "type": ["null", "string"]},
          {"name": "quantity", "type": "int"},
          {"name": "price", "type": "double"},
          {"name": "paid", "type": "boolean"},
          {"name": "amount",
           "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}
        ]}
        """);
    write(
        "cart.avsc",
        """
        {"type": "record", "name": "Cart", "fields": [
          {"name": "cart_id", "type": "string"},
          {"name": "shopper", "type": "int"},
          {"name": "event_time", "type": "string"},
          {"name": "event", "type": "string"}
        ]}
        """);
    write(
        "sources.yaml",
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        sources:
          - {name: orders, schema: order.avsc, event_time: placed_at, event_id: order_id}
          - name: carts
            schema: cart.avsc
            event_time: event_time
            event_id: cart_id
            columns: {hour_of_day: EXTRACT(HOUR FROM event_time)}
        """);
  }

  @Test
  void readsEveryKindOfWindow() throws IOException {
    ZoneId lisbon = ZoneId.of("Europe/Lisbon");

    assertThat(window("7d")).isEqualTo(Window.sliding(7 * DAY));
    assertThat(window("lifetime")).isEqualTo(new Window.Lifetime());
    assertThat(window("{length: 30d, offset: 1d}")).isEqualTo(new Window.Sliding(30 * DAY, DAY, 1));
    assertThat(window("{length: 30d}")).isEqualTo(Window.sliding(30 * DAY));
    assertThat(window("{calendar: day, zone: Europe/Lisbon}"))
        .isEqualTo(new Window.Calendar(Window.Calendar.Period.DAY, lisbon));
    assertThat(window("{calendar: week, zone: Europe/Lisbon}"))
        .isEqualTo(new Window.Calendar(Window.Calendar.Period.WEEK, lisbon));
    assertThat(window("{calendar: month}"))
        .isEqualTo(new Window.Calendar(Window.Calendar.Period.MONTH, ZoneId.of("UTC")));
  }

  @Test
  void makesAFeatureOfEachListedWindow() throws IOException {
    assertThat(features("{name: n, aggregate: count(*), windows: [90m, 7d, lifetime]}"))
        .extracting(Feature::name)
        .containsExactly("n_90m", "n_7d", "n_lifetime");
  }

  @Test
  void aFormerNameIsOfEachListedWindow() throws IOException {
    assertThat(
            features(
                "{name: spend, was: revenue, aggregate: sum(price), windows: [7d, 30d]}",
                "{name: n, was: orders, aggregate: count(*), window: 7d}",
                "{name: per_order, was: mean, expression: spend_7d / n}",
                "{name: new, aggregate: count(*), window: 1d}"))
        .extracting(Feature::name, Feature::was)
        .containsExactly(
            tuple("spend_7d", "revenue_7d"),
            tuple("spend_30d", "revenue_30d"),
            tuple("n", "orders"),
            tuple("per_order", "mean"),
            tuple("new", null));
  }

  @Test
  void takesTheExpiryOfTheViewForSlidingWindowsWithoutTheirOwn() throws IOException {
    FeatureView view =
        view(
            "    expiry: 5m",
            "{name: a, aggregate: count(*), window: {length: 1h, offset: 1d}}",
            "{name: b, aggregate: count(*), window: 1h, expiry: 1m}",
            "{name: c, aggregate: count(*), window: 1h, expiry: exact}",
            "{name: d, aggregate: count(*), window: lifetime}",
            "{name: e, aggregate: count(*), window: {calendar: day}}");

    assertThat(view.features())
        .extracting(feature -> ((AggregateFeature) feature).window())
        .containsExactly(
            new Window.Sliding(60 * MINUTE, DAY, 5 * MINUTE),
            new Window.Sliding(60 * MINUTE, 0, MINUTE),
            new Window.Sliding(60 * MINUTE, 0, 1),
            new Window.Lifetime(),
            new Window.Calendar(Window.Calendar.Period.DAY, ZoneId.of("UTC")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(*)                     | COUNT_ALL             |                   | | INT64",
        "Count( category )            | COUNT                 | category          | | INT64",
        "count(DISTINCT category)     | COUNT_DISTINCT        | category          | | INT64",
        "count(distinct(quantity))    | COUNT_DISTINCT        | (quantity)        | | INT64",
        "approx_count_distinct(paid)  | APPROX_COUNT_DISTINCT | paid              | | INT64",
        "sum(quantity * price)        | SUM                   | quantity * price  | | DOUBLE",
        "sum(amount)                  | SUM                   | amount            | | DECIMAL(38,2)",
        "avg(quantity)                | AVG                   | quantity          | | DOUBLE",
        "min(category)                | MIN                   | category          | | STRING",
        "max(event_time)              | MAX                   | event_time        | | TIMESTAMP",
        "var_pop(amount)              | VAR_POP               | amount            | | DOUBLE",
        "var_samp(price)              | VAR_SAMP              | price             | | DOUBLE",
        "stddev_pop(price)            | STDDEV_POP            | price             | | DOUBLE",
        "stddev_samp(price)           | STDDEV_SAMP           | price             | | DOUBLE",
        "first(category)              | FIRST                 | category          | | STRING",
        "last(paid)                   | LAST                  | paid              | | BOOL",
        "first_n(price, 3)            | FIRST_N               | price             | 3 | ARRAY<DOUBLE>",
        "last_n(COALESCE(category, ','), 10) | LAST_N | COALESCE(category, ',') | 10 | ARRAY<STRING>",
        "last_distinct_n(quantity, 2) | LAST_DISTINCT_N       | quantity          | 2 | ARRAY<INT32>",
        "mode(category)               | MODE                  | category          | | STRING",
        "top_k(category, 1000)        | TOP_K                 | category          | 1000 | ARRAY<STRING>",
        "median(amount)               | MEDIAN                | amount            | | DECIMAL(38,6)",
        "percentile(price, 0.950)     | PERCENTILE            | price             | 0.95 | DOUBLE",
        "percentile(price, 1)         | PERCENTILE            | price             | 1 | DOUBLE",
        "approx_percentile(price, 0)  | APPROX_PERCENTILE     | price             | 0 | DOUBLE",
        "any(paid)                    | ANY                   | paid              | | BOOL",
        "all(price > 1)               | ALL                   | price > 1         | | BOOL"
      })
  void readsEveryAggregate(
      String call, AggregateFunction function, String input, BigDecimal parameter, String type)
      throws IOException {
    Aggregate aggregate =
        only("{name: f, aggregate: \"%s\", window: 7d}".formatted(call)).aggregate();

    assertThat(aggregate.function()).isEqualTo(function);
    assertThat(aggregate.input() == null ? null : aggregate.input().sql()).isEqualTo(input);
    assertThat(aggregate.parameter()).isEqualTo(parameter);
    assertThat(aggregate.type()).hasToString(type);
  }

  @Test
  void everyAggregateHasANameThatDefinitionsUse() throws IOException {
    for (AggregateFunction function : AggregateFunction.values()) {
      String input =
          switch (function) {
            case COUNT_ALL -> "*";
            case COUNT_DISTINCT -> "distinct quantity";
            case ANY, ALL -> "paid";
            default -> "quantity";
          };
      String name = function == AggregateFunction.COUNT_DISTINCT ? "count" : function.sqlName();
      String second = function.parameter() == AggregateFunction.Parameter.NONE ? "" : ", 1";

      assertThat(
              only("{name: f, aggregate: \"%s(%s%s)\", window: 7d}".formatted(name, input, second))
                  .aggregate()
                  .function())
          .isEqualTo(function);
    }
  }

  @Test
  void makesAMapByACategory() throws IOException {
    AggregateFeature spend = only("{name: f, aggregate: sum(price), by: category, window: 7d}");
    AggregateFeature count = only("{name: f, aggregate: count(*), by: quantity, window: 7d}");
    AggregateFeature last = only("{name: f, aggregate: 'last_n(price, 2)', by: paid, window: 7d}");

    assertThat(spend.type()).isEqualTo(ValueType.mapOf(ValueType.DOUBLE));
    assertThat(spend.aggregate().by()).isEqualTo(new Expression("category", ValueType.STRING));
    assertThat(count.type()).isEqualTo(ValueType.mapOf(ValueType.INT64));
    assertThat(count.aggregate().by())
        .isEqualTo(new Expression("CAST(quantity AS VARCHAR)", ValueType.STRING));
    assertThat(last.type()).isEqualTo(ValueType.mapOf(ValueType.arrayOf(ValueType.DOUBLE)));
  }

  @Test
  void allowsUnboundedStateWhereItIsAskedFor() throws IOException {
    String lifetime = "{name: f, aggregate: mode(category), window: lifetime%s}";

    assertThat(only(lifetime.formatted(", unbounded_state: true")).window())
        .isEqualTo(new Window.Lifetime());
    assertThat(view("    unbounded_state: true", lifetime.formatted("")).features()).hasSize(1);
    assertThat(
            only("{name: f, aggregate: sum(price), by: category, window: lifetime,"
                    + " unbounded_state: true}")
                .window())
        .isEqualTo(new Window.Lifetime());
  }

  @Test
  void readsAViewOfSeveralSources() throws IOException {
    FeatureView view =
        view(
            """
                keys: {carts: {customer_id: shopper}}
                where: price > 0
            """,
            "{name: n, aggregate: count(*), window: 7d, source: orders}",
            "{name: created, aggregate: count(*), window: 7d, source: carts,"
                + " where: event = 'CREATED'}",
            "{name: at, aggregate: max(event_time), window: 7d, source: carts}",
            "{name: late, aggregate: max(hour_of_day), window: 7d, source: carts}",
            "{name: rate, expression: created / n}");

    Project project = project();
    assertThat(view.inputs())
        .containsExactly(
            new ViewInput(
                project.source("orders").orElseThrow(),
                List.of("customer_id"),
                new Expression("price > 0", ValueType.BOOL)),
            new ViewInput(project.source("carts").orElseThrow(), List.of("shopper"), null));
    assertThat(view.features().subList(0, 4))
        .extracting(feature -> ((AggregateFeature) feature).source())
        .containsExactly("orders", "carts", "carts", "carts");
    // The field is a text; its name in an expression means the event's time.
    assertThat(view.features().get(2).type()).isEqualTo(ValueType.TIMESTAMP);
    assertThat(view.features().get(3).type()).isEqualTo(ValueType.INT64);
    assertThat(project.readSources()).isEqualTo(project.sources());
  }

  @Test
  void readsWhatIsForPeople() throws IOException {
    FeatureView view =
        view(
            "    description: Orders\n    owner: me\n    ttl: 7d",
            "{name: n, aggregate: count(*), window: 7d, description: How many, tags: {pii: no},"
                + " owner: you}",
            "{name: m, expression: n + 1, tags: {a: 1}}");

    assertThat(view.metadata()).isEqualTo(new Metadata("Orders", Map.of(), "me"));
    assertThat(view.ttlMillis()).isEqualTo(7 * DAY);
    assertThat(view.features().get(0).metadata())
        .isEqualTo(new Metadata("How many", Map.of("pii", "no"), "you"));
    assertThat(view.features().get(1).metadata())
        .isEqualTo(new Metadata("", Map.of("a", "1"), null));
  }

  @Test
  void readsServices() throws IOException {
    write(
        "services.yaml",
        """
        feature_services:
          - name: churn
            features: ["orders_of:*"]
            description: Who leaves
            owner: me
          - {name: fraud, as_of: before, features: ["orders_of:b"]}
          - name: trade
            features:
              - orders_of:a
              - {view: orders_of, as: seller, keys: {customer_id: seller_id}}
              - {view: orders_of, as: agent, features: [b]}
        """);
    view("", "{name: a, aggregate: count(*), window: 7d}", "{name: b, expression: a + 1}");

    Project project = project();

    StoredView ordersOf = project.storedView("orders_of").orElseThrow();
    assertThat(project.services())
        .containsExactly(
            new FeatureService(
                "churn",
                List.of(
                    new FeatureReference("orders_of", "a"), new FeatureReference("orders_of", "b")),
                FeatureService.AsOf.AT,
                new Metadata("Who leaves", Map.of(), "me")),
            new FeatureService(
                "fraud",
                List.of(new FeatureReference("orders_of", "b")),
                FeatureService.AsOf.BEFORE,
                Metadata.NONE),
            new FeatureService(
                "trade",
                List.of(
                    new FeatureReference("orders_of", "a"),
                    new FeatureReference("seller", "a"),
                    new FeatureReference("seller", "b"),
                    new FeatureReference("agent", "b")),
                List.of(
                    new ViewAlias("seller", ordersOf, Map.of("customer_id", "seller_id")),
                    new ViewAlias("agent", ordersOf, Map.of())),
                FeatureService.AsOf.AT,
                Metadata.NONE));
    assertThat(project.service("fraud")).contains(project.services().get(1));
  }

  private Window window(String text) throws IOException {
    return only("{name: f, aggregate: count(*), window: %s}".formatted(text)).window();
  }

  private AggregateFeature only(String feature) throws IOException {
    return (AggregateFeature) features(feature).get(0);
  }

  private List<Feature> features(String... features) throws IOException {
    return view("", features).features();
  }

  private FeatureView view(String fields, String... features) throws IOException {
    StringBuilder yaml = new StringBuilder("feature_views:\n");
    yaml.append("  - name: orders_of\n    entity: customer\n    source: orders\n");
    yaml.append(fields).append("\n    features:\n");
    for (String feature : features) {
      yaml.append("      - ").append(feature).append('\n');
    }
    write("views.yaml", yaml.toString());
    return project().view("orders_of").orElseThrow();
  }

  private Project project() {
    return ProjectLoader.load(folder);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
