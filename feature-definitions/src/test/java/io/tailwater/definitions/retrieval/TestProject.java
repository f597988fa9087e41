// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A project with features of every kind. */
final class TestProject {
  static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "price", "type": "double"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  static final String YAML =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at_time, event_id: order_id}
      feature_views:
        - name: behavior
          entity: customer
          source: orders
          features:
            - {name: orders, aggregate: count(*), windows: [7d, 30d]}
            - {name: spend, aggregate: sum(price), window: 7d, default: 0.0}
            - {name: last_at, aggregate: max(event_time), window: lifetime}
            - {name: days_since, expression: "TIMESTAMPDIFF(DAY, last_at, request_time)"}
            - {name: idle, expression: days_since > 30, default: false}
            - {name: hour_of_read, expression: EXTRACT(HOUR FROM request_time)}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            customers: {connector: jdbc, url: "${URL}", columns: {customer_id: BIGINT}}
          query: SELECT * FROM customers
          event_timestamp: updated_at
          features:
            - {name: signed_up_at, type: TIMESTAMP}
            - {name: orders_7d, type: INT32}
            - {name: account_age, expression: "TIMESTAMPDIFF(DAY, signed_up_at, request_time)"}
      on_demand_feature_views:
        - name: scores
          inputs: [behavior, profile]
          request: [{name: cart_value, type: DOUBLE}, {name: coupon, type: STRING}]
          features:
            - {name: recency, type: DOUBLE, expression: 1.0 / (1.0 + days_since / 30.0)}
            - {name: share, expression: cart_value / spend, default: -1.0}
            - {name: more, expression: behavior__orders_7d - profile__orders_7d}
            - {name: double_recency, expression: "COALESCE(recency, 0.0) * 2"}
            - {name: has_coupon, expression: coupon is not null}
        - name: other
          inputs: [behavior]
          request: [{name: cart_value, type: INT64}]
          features:
            - {name: recency, expression: cart_value + orders_30d}
      feature_services:
        - {name: model, as_of: before, features: ["scores:recency", "behavior:*"]}
      """;

  private TestProject() {}

  static Project load(Path folder) throws IOException {
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    Files.writeString(folder.resolve("shop.yaml"), YAML);
    return ProjectLoader.load(folder);
  }

  static List<FeatureReference> references(String... texts) {
    return Stream.of(texts).map(FeatureReference::parse).toList();
  }
}
