// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.Durations;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project and what its author makes of it. */
final class Versions {
  private static final String ORDER =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "buyer", "type": "long"},
        {"name": "payer", "type": "long"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "paid_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "quantity", "type": "int"},
        {"name": "price", "type": "double"},
        {"name": "status", "type": "string"}
      ]}
      """;

  private static final String CART =
      """
      {"type": "record", "name": "Cart", "fields": [
        {"name": "cart_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  private static final String SHOP =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        - {name: product, join_keys: [{name: product_id, type: STRING}]}
      sources:
        - name: orders
          schema: order.avsc
          event_time: at_time
          event_id: [order_id]
          columns: {total: quantity * price}
          watermark: {allowed_lateness: 1d}
          kafka: {topic: orders, format: avro}
        - {name: carts, schema: cart.avsc, event_time: at_time, event_id: cart_id}
      feature_views:
        - name: spending
          entity: customer
          source: orders
          keys: {customer_id: buyer}
          where: price > 0
          features:
            - {name: n_7d, aggregate: count(*), window: 7d}
            - {name: spend_30d, aggregate: sum(total), window: 30d, default: 0.0}
            - {name: ok_7d, aggregate: count(*), where: status = 'OK', window: 7d}
            - {name: most_7d, aggregate: max(quantity), window: 7d}
            - {name: last_at, aggregate: max(event_time), window: lifetime}
            - {name: mean, expression: spend_30d / n_7d}
            - {name: days_since, expression: "TIMESTAMPDIFF(DAY, last_at, request_time)"}
        - name: browsing
          entity: customer
          source: carts
          features:
            - {name: carts_1d, aggregate: count(*), window: 1d}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            people: {connector: jdbc, url: here, columns: {customer_id: BIGINT, n: INT, seen: TIMESTAMP(3)}}
          query: SELECT customer_id, n AS visits, seen FROM people
          event_timestamp: seen
          features:
            - {name: visits, type: INT32}
            - {name: often, expression: visits > 10}
      on_demand_feature_views:
        - name: scores
          inputs: [spending, profile]
          request: [{name: cart_value, type: DOUBLE}]
          features:
            - {name: score, expression: cart_value / spend_30d}
            - {name: again, expression: score + 1}
            - {name: loyal, expression: visits > 3}
      """;

  private final Path folder;

  Versions(Path folder) {
    this.folder = folder;
  }

  /** One text in the project, and what stands in its place. */
  record Edit(String from, String to) {}

  static Edit edit(String from, String to) {
    return new Edit(from, to);
  }

  /** What becomes of the project by some edits, as they are or the other way round. */
  ProjectChange change(Edit... edits) throws IOException {
    return ProjectChange.between(load("before"), load("after", edits));
  }

  ProjectChange changeBack(Edit... edits) throws IOException {
    return ProjectChange.between(load("after", edits), load("before"));
  }

  Project load(String name, Edit... edits) throws IOException {
    Path files = Files.createDirectories(folder.resolve(name));
    String shop = SHOP;
    String order = ORDER;
    for (Edit edit : edits) {
      assertThat(shop + order).contains(edit.from());
      shop = shop.replace(edit.from(), edit.to());
      order = order.replace(edit.from(), edit.to());
    }
    Files.writeString(files.resolve("shop.yaml"), shop);
    Files.writeString(files.resolve("order.avsc"), order);
    Files.writeString(files.resolve("cart.avsc"), CART);
    return ProjectLoader.load(files);
  }

  /** What is different, a line a feature. */
  static List<String> lines(ProjectChange change) {
    return change.views().stream()
        .flatMap(view -> view.features().stream().map(feature -> line(view, feature)))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String line(ViewChange view, FeatureChange feature) {
    if (feature.kind() == FeatureChange.Kind.UNCHANGED) {
      return "";
    }
    return "%s %s:%s%s%s, %s, column %s, needs %s"
        .formatted(
            feature.kind(),
            view.name(),
            feature.name(),
            feature.was() == null ? "" : " was " + feature.was(),
            feature.differences().isEmpty() ? "" : " " + feature.differences(),
            line(feature.readiness()),
            feature.column(),
            feature.needs());
  }

  private static String line(Readiness readiness) {
    if (readiness.isAtOnce()) {
      return "at once";
    }
    return readiness.afterMillis() == Readiness.NEVER
        ? "never (%s)".formatted(readiness.cause())
        : "after %s (%s)".formatted(Durations.format(readiness.afterMillis()), readiness.cause());
  }
}
