// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with every kind of view, and what is in its online store. */
public final class ShopProject {
  /** The instant at which everything is read: a day after the events. */
  public static final long NOW = 1_785_672_000_000L;

  /** As of when vectors hold. */
  public static final long AS_OF = 1_785_585_600_000L;

  public static final long DAY = 86_400_000L;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "card", "type": "string"},
        {"name": "shop", "type": "int"},
        {"name": "price", "type": "double"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  private static final String YAML =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        - {name: card, join_keys: [{name: card, type: STRING}]}
        - {name: shop, join_keys: [{name: shop, type: INT32}]}
        - {name: code, join_keys: [{name: code, type: BYTES}, {name: since, type: TIMESTAMP}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at_time, event_id: order_id}
      feature_views:
        - name: behavior
          entity: customer
          source: orders
          ttl: 7d
          features:
            - {name: orders_7d, aggregate: count(*), window: 7d}
            - {name: spend_7d, aggregate: sum(price), window: 7d, default: 0.0}
            - {name: average_7d, aggregate: avg(price), window: 7d}
            - {name: last_at, aggregate: max(event_time), window: 7d}
            - {name: days_since, expression: "TIMESTAMPDIFF(DAY, last_at, request_time)"}
        - name: card_spend
          entity: [card, shop]
          source: orders
          features:
            - {name: spend_1d, aggregate: sum(price), window: 1d}
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
            - {name: rating, type: DOUBLE}
            - {name: worth, type: "DECIMAL(12,2)"}
            - {name: photo, type: BYTES}
            - {name: tags, type: "ARRAY<STRING>"}
            - {name: spend_by, type: "MAP<STRING,DOUBLE>"}
            - {name: verified, type: BOOL}
            - {name: account_age, expression: "TIMESTAMPDIFF(DAY, signed_up_at, request_time)"}
        - name: codes
          entity: code
          tables:
            codes: {connector: jdbc, url: "${URL}", columns: {code: BYTES}}
          query: SELECT * FROM codes
          event_timestamp: updated_at
          features:
            - {name: uses, type: INT64}
      on_demand_feature_views:
        - name: scores
          inputs: [behavior, profile]
          request:
            - {name: cart_value, type: DOUBLE}
            - {name: items, type: INT32}
            - {name: units, type: INT64}
            - {name: filled_at, type: TIMESTAMP}
            - {name: gift, type: BOOL}
            - {name: note, type: STRING}
            - {name: price, type: "DECIMAL(9,2)"}
          features:
            - {name: share, expression: cart_value / spend_7d, default: -1.0}
            - {name: more, expression: behavior__orders_7d - profile__orders_7d}
            - {name: per_item, expression: cart_value / items}
            - {name: all_units, expression: units + 1}
            - {name: age_of_cart, expression: "TIMESTAMPDIFF(HOUR, filled_at, request_time)"}
            - {name: is_gift, expression: gift AND note is not null}
            - {name: twice_the_price, expression: price * 2}
      feature_services:
        - {name: model, features: ["behavior:days_since", "profile:account_age", "scores:share"]}
        - name: trade
          features:
            - behavior:spend_7d
            - {view: behavior, as: seller, keys: {customer_id: seller_id}, features: [spend_7d]}
      """;

  private ShopProject() {}

  /** The definitions, written into a folder. */
  public static Project load(Path folder) throws IOException {
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    Files.writeString(folder.resolve("shop.yaml"), YAML);
    return ProjectLoader.load(folder);
  }

  /** Writes a vector that holds as of {@link #AS_OF} and for ever. */
  public static void put(
      Project project, RedisOptions redis, String view, Object[] key, Object... values) {
    put(project, redis, view, AS_OF, OnlineVector.FOREVER, key, values);
  }

  /** Writes a vector. */
  public static void put(
      Project project,
      RedisOptions redis,
      String view,
      long asOf,
      long validUntil,
      Object[] key,
      Object... values) {
    put(project, redis, view, new OnlineVector(key, asOf, validUntil, 1, 1, values));
  }

  /** Writes a vector. */
  public static void put(Project project, RedisOptions redis, String view, OnlineVector vector) {
    try (RedisWriter writer = writer(project, redis, view)) {
      writer.add(vector);
      writer.flush();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says how far a view's job has come. */
  public static void publish(Project project, RedisOptions redis, String view, long watermark) {
    try (RedisWriter writer = writer(project, redis, view)) {
      writer.publishProgress(0, 1, watermark);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RedisWriter writer(Project project, RedisOptions redis, String view) {
    return new RedisWriter(
        OnlineLayout.of(redis.layout(), project.name(), project.storedView(view).orElseThrow()),
        redis,
        RedisWriterListener.NONE);
  }
}
