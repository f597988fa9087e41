// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.BatchTable;
import io.tailwater.definitions.model.ColumnFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.program.BatchProgram;
import io.tailwater.definitions.program.ViewProgram;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed when it is read, and what queries and requests bring. */
class ReadTimeGrammarTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  private static final String SHOP =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at_time, event_id: order_id, archive: true}
      feature_views:
        - name: behavior
          entity: customer
          source: orders
          features:
            - {name: orders_7d, aggregate: count(*), window: 7d}
            - {name: last_order_at, aggregate: max(event_time), window: lifetime}
            - {name: days_since, expression: "TIMESTAMPDIFF(DAY, last_order_at, request_time)", default: -1}
            - {name: many, expression: orders_7d > 3}
            - {name: weeks_since, expression: days_since / 7}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            customers:
              connector: jdbc
              url: ${CRM_URL}
              password: topsecret
              table-name: customers
              columns: {customer_id: BIGINT, n: INT, spent: "DECIMAL(10, 2)", updated_at: TIMESTAMP(3)}
          query: SELECT customer_id, n AS orders_7d, spent, updated_at FROM customers
          event_timestamp: updated_at
          ttl: 30d
          owner: crm@example.com
          features:
            - {name: orders_7d, type: INT32, default: 0}
            - {name: spent, type: "DECIMAL(10, 2)"}
            - {name: per_order, type: DOUBLE, expression: spent / CAST(orders_7d AS DOUBLE)}
            - {name: hour_of_read, expression: EXTRACT(HOUR FROM request_time)}
      on_demand_feature_views:
        - name: scores
          inputs: [behavior, profile]
          request: [{name: cart_value, type: DOUBLE}]
          features:
            - {name: recency, type: DOUBLE, expression: 1.0 / (1.0 + days_since / 30.0)}
            - {name: agree, expression: behavior__orders_7d = profile__orders_7d}
            - {name: twice, expression: recency * 2 + cart_value, default: 0.0}
      feature_services:
        - name: model
          as_of: before
          features: ["behavior:*", "profile:spent", "scores:twice", "scores:recency"]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeSchema() throws IOException {
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
  }

  @Test
  void whatNamesTheRequestTimeIsNotStored() throws IOException {
    FeatureView view = load(SHOP).view("behavior").orElseThrow();

    assertThat(view.features())
        .extracting(Feature::name)
        .containsExactly("orders_7d", "last_order_at", "days_since", "many", "weeks_since");
    assertThat(view.storedFeatures())
        .extracting(Feature::name)
        .containsExactly("orders_7d", "last_order_at", "many");
    assertThat(view.feature("days_since"))
        .contains(
            new DerivedFeature(
                "days_since",
                new Expression("TIMESTAMPDIFF(DAY, last_order_at, request_time)", ValueType.INT32),
                -1,
                true,
                Metadata.NONE,
                null));
    assertThat(view.feature("weeks_since").orElseThrow().isReadTime()).isTrue();
    assertThat(ViewProgram.compile(view).features(new Object[] {4L, 5L}))
        .containsExactly(4L, 5L, true);
  }

  @Test
  void aSourceMayBeArchived() throws IOException {
    assertThat(load(SHOP).source("orders").orElseThrow().archive()).isTrue();
    assertThat(load(SHOP.replace(", archive: true", "")).source("orders").orElseThrow().archive())
        .isFalse();
  }

  @Test
  void aBatchViewHasTablesAQueryAndItsColumns() throws IOException {
    BatchFeatureView view = load(SHOP).batchView("profile").orElseThrow();

    assertThat(view.tables())
        .containsExactly(
            new BatchTable(
                "customers",
                Map.of(
                    "connector", "jdbc",
                    "url", "${CRM_URL}",
                    "password", "topsecret",
                    "table-name", "customers"),
                List.of(
                    new BatchTable.Column("customer_id", "BIGINT"),
                    new BatchTable.Column("n", "INT"),
                    new BatchTable.Column("spent", "DECIMAL(10, 2)"),
                    new BatchTable.Column("updated_at", "TIMESTAMP(3)"))));
    assertThat(view.query()).startsWith("SELECT customer_id, n AS orders_7d");
    assertThat(view.eventTimestamp()).isEqualTo("updated_at");
    assertThat(view.ttlMillis()).isEqualTo(30 * 86_400_000L);
    assertThat(view.metadata().owner()).isEqualTo("crm@example.com");
    assertThat(view.columns())
        .containsExactly(
            new ColumnFeature("orders_7d", ValueType.INT32, 0, Metadata.NONE, null),
            new ColumnFeature("spent", ValueType.decimal(10, 2)));
    assertThat(view.storedFeatures())
        .extracting(Feature::name)
        .containsExactly("orders_7d", "spent", "per_order");
  }

  @Test
  void aBatchViewIsComputedLikeAnyOther() throws IOException {
    List<String> overflows = new ArrayList<>();
    BatchFeatureView view = load(SHOP).batchView("profile").orElseThrow();
    BatchProgram program = BatchProgram.compile(view, overflows::add);

    assertThat(program.features(new Object[] {4, new BigDecimal("10.00")}))
        .containsExactly(4, new BigDecimal("10.00"), 2.5);
    assertThat(program.features(new Object[] {null, new BigDecimal("10.00")}))
        .containsExactly(0, new BigDecimal("10.00"), null);
    assertThat(overflows).containsExactly("per_order");
    assertThatThrownBy(() -> program.features(new Object[] {4}))
        .hasMessage("1 values for 2 columns");
  }

  @Test
  void aTableHoldsTheNamesOfVariablesAndSaysNoSecrets() throws IOException {
    BatchTable table = load(SHOP).batchView("profile").orElseThrow().tables().get(0);

    assertThat(table.options(Map.of("CRM_URL", "jdbc:postgresql://crm/x")))
        .containsEntry("url", "jdbc:postgresql://crm/x")
        .containsEntry("connector", "jdbc");
    assertThat(table.options().keySet())
        .containsExactly("connector", "url", "password", "table-name");
    assertThatThrownBy(() -> table.options(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table 'customers' wants variables of the environment that are not set, or files that"
                + " cannot be read: ${CRM_URL} in"
                + " 'url'; set them, or write a default: ${NAME:-…}");
    assertThat(load(SHOP).toString()).contains("table-name").doesNotContain("topsecret");
  }

  @Test
  void anOnDemandViewSeesItsInputsTheRequestAndItself() throws IOException {
    OnDemandFeatureView view = load(SHOP).onDemandViews().get(0);

    assertThat(view.inputs()).extracting(View::name).containsExactly("behavior", "profile");
    assertThat(view.request()).containsExactly(new Field("cart_value", ValueType.DOUBLE, true));
    assertThat(view.row())
        .extracting(Field::name)
        .containsExactly(
            "behavior__orders_7d",
            "last_order_at",
            "days_since",
            "many",
            "weeks_since",
            "profile__orders_7d",
            "spent",
            "per_order",
            "hour_of_read",
            "cart_value",
            "request_time");
    assertThat(view.features())
        .extracting(DerivedFeature::type)
        .containsExactly(ValueType.DOUBLE, ValueType.BOOL, ValueType.DOUBLE);
    assertThat(view.features()).allMatch(DerivedFeature::isReadTime);
    assertThat(view.features().get(2).defaultValue()).isEqualTo(0.0);
  }

  @Test
  void aServiceTakesFeaturesOfEveryKind() throws IOException {
    FeatureService service = load(SHOP).service("model").orElseThrow();

    assertThat(service.asOf()).isEqualTo(FeatureService.AsOf.BEFORE);
    assertThat(service.features())
        .containsExactly(
            new FeatureReference("behavior", "orders_7d"),
            new FeatureReference("behavior", "last_order_at"),
            new FeatureReference("behavior", "days_since"),
            new FeatureReference("behavior", "many"),
            new FeatureReference("behavior", "weeks_since"),
            new FeatureReference("profile", "spent"),
            new FeatureReference("scores", "twice"),
            new FeatureReference("scores", "recency"));
  }

  private Project load(String yaml) throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), yaml);
    return ProjectLoader.load(folder);
  }
}
