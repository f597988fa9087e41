// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tailwater historical} over tables that {@code tailwater backfill} filled. */
class HistoricalCommandITCase {
  private static final String FEATURES =
      "customer_behavior:purchases_7d,customer_behavior:purchases_30d,customer_behavior:avg_order_30d,"
          + "customer_history:*";

  @TempDir private Path folder;

  @BeforeEach
  void backfill() throws IOException {
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        sources:
          - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
        feature_views:
          - name: customer_behavior
            entity: customer
            source: orders
            features:
              - {name: purchases, aggregate: count(*), windows: [7d, 30d]}
              - {name: avg_order_30d, aggregate: avg(amount), window: 30d}
          - name: customer_history
            entity: customer
            source: orders
            features:
              - {name: total_orders, aggregate: count(*), window: lifetime}
              - {name: lifetime_value, aggregate: sum(amount), window: lifetime}
              - {name: largest_order, aggregate: max(amount), window: lifetime}
              - {name: smallest_order, aggregate: min(amount), window: lifetime}
        feature_services:
          - name: trade
            features:
              - customer_history:total_orders
              - {view: customer_history, as: seller, keys: {customer_id: seller_id}, features: [total_orders]}
        """);
    Files.write(
        folder.resolve("orders.csv"),
        List.of(
            "order_id,customer_id,at,amount",
            "a,1001,2026-01-02T10:00:00Z,20.0",
            "b,1001,2026-01-10T10:00:00Z,30.5",
            "c,1002,2026-01-14T23:59:59.999Z,9.99",
            "d,1001,2026-01-15T00:00:00Z,10.0",
            "e,1002,2026-01-20T08:00:00Z,40.0",
            "f,1003,2026-01-16T00:00:00Z,5.0"));
    Command backfill =
        Command.run(
            "backfill",
            "--definitions",
            folder,
            "--warehouse",
            folder.resolve("warehouse"),
            "--source",
            "orders=" + folder.resolve("orders.csv"),
            "--to",
            "2026-02-01");
    assertThat(backfill.exitCode()).as(backfill.err()).isZero();
    Files.write(
        folder.resolve("labels.csv"),
        List.of(
            "customer_id,event_timestamp,label",
            "1001,2026-01-15,1",
            "1002,2026-01-15,0",
            "1003,2026-01-15,0",
            "1001,2026-02-01,1",
            "1002,2026-02-01,1"));
  }

  @Test
  void makesTheClassicTrainingSet() throws IOException {
    Command command = historical("--features", FEATURES);

    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .containsExactly(
            "customer_id,event_timestamp,label,purchases_7d,purchases_30d,avg_order_30d,"
                + "total_orders,lifetime_value,largest_order,smallest_order",
            "1001,2026-01-15,1,2,3,20.166666666666668,3,60.5,30.5,10.0",
            "1002,2026-01-15,0,1,1,9.99,1,9.99,9.99,9.99",
            "1003,2026-01-15,0,,,,,,,",
            "1001,2026-02-01,1,0,3,20.166666666666668,3,60.5,30.5,10.0",
            "1002,2026-02-01,1,0,2,24.995,2,49.99,40.0,9.99");
    assertThat(command.out())
        .contains(
            "training.csv: 5 rows",
            "5 labels have an event_timestamp without a time zone: read as UTC",
            "view customer_behavior: 1 rows (20.0 %) found no row",
            "purchases_30d    20.0 % null  1 – 3");
  }

  @Test
  void tellsProgramsWhatItMade() throws IOException {
    Command command = historical("--features", FEATURES, "--as-of", "before", "-o", "json");

    assertThat(command.exitCode()).as(command.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(command.out());
    assertThat(json.get("rows").asInt()).isEqualTo(5);
    assertThat(json.get("timestamps_without_zone").asInt()).isEqualTo(5);
    assertThat(json.get("features").get(0).get("max").asText()).isEqualTo("1");
    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .as("the order of the label's own instant is not in it")
        .element(1)
        .isEqualTo("1001,2026-01-15,1,1,2,25.25,2,50.5,30.5,20.0");
  }

  @Test
  void readsAViewTwiceByTheKeysOfAService() throws IOException {
    Files.write(
        folder.resolve("labels.csv"),
        List.of(
            "customer_id,seller_id,event_timestamp",
            "1001,1002,2026-01-15",
            "1002,1001,2026-02-01",
            "1001,1003,2026-01-15"));

    Command command = historical("--feature-service", "trade");

    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("training.csv")))
        .containsExactly(
            "customer_id,seller_id,event_timestamp,customer_history__total_orders,"
                + "seller__total_orders",
            "1001,1002,2026-01-15,3,1",
            "1002,1001,2026-02-01,2,3",
            "1001,1003,2026-01-15,3,");
    assertThat(command.out()).contains("view seller: 1 rows (33.3 %) found no row");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "customer,event_timestamp\n1001,2026-01-15\n");

    Command wrongLabels = historical("--features", FEATURES);
    assertThat(wrongLabels.exitCode()).isOne();
    assertThat(wrongLabels.err()).contains("no column 'customer_id' (INT64)");
    assertThat(historical("--features", "customer_behavior").exitCode()).isEqualTo(2);
    assertThat(historical("--feature-service", "churn").err()).contains("found no such service");
    assertThat(folder.resolve("training.csv")).doesNotExist();
  }

  private Command historical(Object... more) {
    Object[] all = {
      "historical",
      "--definitions",
      folder,
      "--warehouse",
      folder.resolve("warehouse"),
      "--labels",
      folder.resolve("labels.csv"),
      "--output",
      folder.resolve("training.csv")
    };
    return Command.run(
        java.util.stream.Stream.concat(java.util.Arrays.stream(all), java.util.Arrays.stream(more))
            .toArray());
  }
}
