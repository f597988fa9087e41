// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OpenCatalog;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import redis.clients.jedis.RedisClient;

/** The definitions of a small shop, which are edited and applied, with a warehouse of its own. */
final class AppliedShop {
  /** A feature, to be edited. */
  static final String SPEND = "- {name: spend_1d, aggregate: sum(amount), window: 1d}";

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "amount", "type": "double"}]}
      """;

  private final Path folder;
  private final EmbeddedRedis redis;
  private final Path definitions;
  private String text =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
      feature_views:
        - name: spend
          entity: customer
          source: orders
          features:
            - {name: orders_1d, aggregate: count(*), window: 1d}
            - {name: spend_1d, aggregate: sum(amount), window: 1d}
        - name: activity
          entity: customer
          source: orders
          features:
            - {name: orders_1h, aggregate: count(*), window: 1h}
      """;

  /**
   * @param folder an empty one
   * @param redis loses all that it has
   */
  AppliedShop(Path folder, EmbeddedRedis redis) throws IOException {
    this.folder = folder;
    this.redis = redis;
    this.definitions = Files.createDirectories(folder.resolve("definitions"));
    emptyRedis();
    Files.writeString(definitions.resolve("order.avsc"), SCHEMA);
    Files.writeString(
        folder.resolve("orders.csv"),
        "order_id,customer_id,at,amount\na,1,2026-03-01T10:00:00Z,10.25\n");
    writeSettings("redis: %s\n".formatted(redis.address()));
    edit("", "");
  }

  /** Redis loses all that it has. */
  void emptyRedis() {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.flushAll();
    }
  }

  /** The settings name no Redis from now on. */
  void forgetRedis() throws IOException {
    writeSettings("");
  }

  private void writeSettings(String stores) throws IOException {
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "%swarehouse: '%s'\ndead_letters: '%s'\n"
            .formatted(stores, folder.resolve("warehouse"), folder.resolve("dead-letters")));
  }

  /** Edits the definitions. */
  void edit(String from, String to) throws IOException {
    assertThat(text).contains(from);
    text = from.isEmpty() ? text : text.replace(from, to);
    Files.writeString(definitions.resolve("shop.yaml"), text);
  }

  /** A copy of the definitions, with a comment of its own. */
  Path copy(int number) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy" + number));
    try (Stream<Path> files = Files.list(definitions)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(copy.resolve("shop.yaml"), text + "# " + number + "\n");
    return copy;
  }

  /** A value of {@code --source}: one order. */
  String source() {
    return "orders=" + folder.resolve("orders.csv");
  }

  /** Runs a command on the definitions. */
  Command run(Object... arguments) {
    return Command.run(
        Stream.concat(Stream.of(arguments), Stream.of("--definitions", definitions)).toArray());
  }

  /** The version that is applied. */
  long version() {
    try (DefinitionsRegistry registry =
        new DefinitionsRegistry(RedisOptions.of(redis.host(), redis.port()), "shop")) {
      return registry.head().orElseThrow().version();
    }
  }

  /** What is stamped on a view's table. */
  Map<String, String> stamps(String view) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    try (OpenCatalog open =
        OpenCatalog.of(IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of()))) {
      open.catalog()
          .loadTable(TableIdentifier.of("shop", view))
          .properties()
          .forEach(
              (name, value) -> {
                if (name.startsWith("tailwater.")) {
                  stamps.put(name.substring("tailwater.".length()), value);
                }
              });
    }
    return stamps;
  }
}
