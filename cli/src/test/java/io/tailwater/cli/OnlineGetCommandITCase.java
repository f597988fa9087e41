// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of a vector beside its values. */
class OnlineGetCommandITCase {
  private static final String YAML =
      """
      project: shop
      entities: [{name: customer, join_keys: [{name: customer_id, type: INT64}]}]
      sources: [{name: orders, schema: order.avsc, event_time: at_time, event_id: order_id}]
      feature_views:
        - name: behavior
          entity: customer
          source: orders
          features:
            - {name: orders_7d, aggregate: count(*), window: 7d}
            - {name: orders, aggregate: count(*), window: lifetime}
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static EmbeddedRedis redis;

  @BeforeAll
  static void store() throws IOException, InterruptedException {
    redis = EmbeddedRedis.create();
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    Files.writeString(folder.resolve("shop.yaml"), YAML);
    Project project = ProjectLoader.load(folder);
    long now = Clock.systemUTC().millis();
    try (RedisWriter writer =
        new RedisWriter(
            NativeLayout.of("shop", project.storedView("behavior").orElseThrow()),
            RedisOptions.of(redis.host(), redis.port()),
            RedisWriterListener.NONE)) {
      writer.add(
          new OnlineVector(
              new Object[] {1L},
              now,
              OnlineVector.FOREVER,
              1,
              1,
              new Object[] {4L, 9L},
              new long[] {now, OnlineVector.FOREVER}));
      writer.publishProgress(0, 1, now - Duration.ofMinutes(10).toMillis());
    }
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void aJobMayBeBehindForAsLongAsTheSettingsSay() throws IOException {
    assertThat(get("").get("freshness").textValue()).isEqualTo("STALE");
    assertThat(get("serving: {max_lag: 2h}").get("freshness").textValue()).isEqualTo("CURRENT");
    assertThat(get("serving: {max_lag: 5m}").get("freshness").textValue()).isEqualTo("STALE");
  }

  @Test
  void whatWillNeverBeOfAllEventsSaysSo() throws IOException {
    assertThat(get("").get("complete_from").toString()).isEqualTo("{\"orders\":\"never\"}");
  }

  private static JsonNode get(String settings) throws IOException {
    Files.writeString(folder.resolve("tailwater.yaml"), settings);
    Command get =
        Command.run(
            "online",
            "get",
            "behavior",
            "--entity",
            "customer_id=1",
            "--redis",
            redis.address(),
            "--definitions",
            folder,
            "-o",
            "json");
    assertThat(get.exitCode()).as(get.err()).isZero();
    return JSON.readTree(get.out()).get(0);
  }
}
