// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.redis.RedisOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies that are almost right: none of them gets a 5xx, and right ones beside them and after them
 * are answered as before.
 */
class FuzzITCase {
  private static final long SEED = 66;
  private static final int BODIES = 10_000;

  /** Beside one body in so many goes a right one. */
  private static final int BESIDE = 10;

  private static final List<String> RIGHT =
      List.of(
          "{\"entities\": {\"customer_id\": [1001, 9999]}, \"features\": [\"behavior:*\"]}",
          "{\"entities\": {\"customer_id\": [1001], \"cart_value\": [12.5], \"items\": [3]},"
              + " \"features\": [\"scores:share\", \"scores:per_item\", \"profile:worth\"],"
              + " \"full_feature_names\": true}",
          "{\"entities\": {\"customer_id\": [1001], \"seller_id\": [1001]}, \"feature_service\":"
              + " \"trade\", \"full_feature_names\": true}",
          "{\"entities\": {\"code\": [\"Af8=\"], \"since\": [\"2026-08-01T12:00:00Z\"]},"
              + " \"features\": [\"codes:uses\"]}",
          "{\"entities\": {\"card\": [\"a\\ud83d\\ude00\"], \"shop\": [7], \"units\": [1],"
              + " \"filled_at\": [1785585600.5], \"price\": [12.25]}, \"features\":"
              + " [\"card_spend:spend_1d\", \"scores:all_units\", \"scores:age_of_cart\","
              + " \"scores:twice_the_price\"]}");

  /** What often breaks readers of JSON. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "true",
          "-0",
          "1e999999999",
          "-1e-999999999",
          "9223372036854775808",
          "NaN",
          "[]",
          "{}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"behavior:*\"",
          "\"*:*\"",
          "\":\"",
          "[[[[",
          "}}",
          ",",
          "\"entities\"",
          "1001",
          "1E400",
          "99999999999999999999999999",
          "\"\"",
          "-1e2147483647",
          "\"customer_id\"",
          "0.1e-2147483648");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1001",
          "1e400",
          "9223372036854775808",
          "1e-2147483647",
          "1.5",
          "\"\"",
          "\"1001\"",
          "\"\\ud800\"",
          "\"behavior:*\"",
          "\"scores:*\"",
          "\"profile:orders_7d\"",
          "\"codes:uses\"",
          "\"nonsense:x\"",
          "\"trade\"",
          "\"model\"",
          "[]",
          "[1001]",
          "[[]]",
          "{}",
          "{\"a\": 1}",
          "[\"behavior:spend_7d\"]",
          "253402300800000",
          "\"+292278994-08-17T07:12:55.807Z\"",
          "\"-1000000000-01-01T00:00:00Z\"");

  private static final List<String> NAMES =
      List.of(
          "entities",
          "features",
          "feature_service",
          "full_feature_names",
          "customer_id",
          "seller_id",
          "cart_value",
          "price",
          "filled_at",
          "units",
          "note",
          "code",
          "since",
          "card",
          "shop",
          "x",
          "");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TempDir private Path folder;

  @Test
  void noBodyGetsAServersErrorOrKillsTheServer() throws IOException {
    Random random = new Random(SEED);
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      RedisOptions options = RedisOptions.of(redis.host(), redis.port());
      Project project = ShopProject.load(folder);
      ShopProject.put(project, options, "behavior", new Object[] {1001L}, 3L, 80.0, null, AS_OF);
      try (FeatureServer server =
          FeatureServer.start(
              project,
              ServingSettings.DEFAULT.withAddress("127.0.0.1", 0),
              options,
              Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC))) {
        Http http = new Http(server.uri());
        JsonNode before = http.post("/get-online-features", RIGHT.get(0)).json();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < BODIES; i++) {
          CompletableFuture<JsonNode> beside =
              i % BESIDE == 0
                  ? CompletableFuture.supplyAsync(
                      () -> http.post("/get-online-features", RIGHT.get(0)).json())
                  : CompletableFuture.completedFuture(before);
          byte[] body = mutated(RIGHT.get(random.nextInt(RIGHT.size())), random);
          Answer answer = http.post("/get-online-features", body);
          assertThat(answer.status())
              .as("seed %d, body %d: %s: %s", SEED, i, new String(body, UTF_8), answer.body())
              .isBetween(200, 499);
          assertThat(answer.body()).isNotEmpty();
          assertThat(beside.join()).as("seed %d, beside body %d", SEED, i).isEqualTo(before);
          statuses.merge(answer.status(), 1, Integer::sum);
        }
        assertThat(statuses).as("seed %d", SEED).containsKeys(200, 400, 404, 422);
        assertThat(http.post("/get-online-features", RIGHT.get(0)).json()).isEqualTo(before);
      }
    }
  }

  private static byte[] mutated(String right, Random random) throws IOException {
    boolean staysJson = random.nextInt(3) > 0;
    JsonNode tree = JSON.readTree(right);
    byte[] body = right.getBytes(UTF_8);
    int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      if (staysJson) {
        mutate(tree, random);
      } else {
        body = mutation(body, random);
      }
    }
    return staysJson ? JSON.writeValueAsBytes(tree) : body;
  }

  /** Replaces, removes or doubles a value somewhere in the tree, or renames it. */
  private static void mutate(JsonNode tree, Random random) throws IOException {
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(tree, containers);
    ContainerNode<?> container = containers.get(random.nextInt(containers.size()));
    JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (container instanceof ArrayNode array) {
      int place = random.nextInt(array.size() + 1);
      if (random.nextBoolean() && place < array.size()) {
        array.set(place, value);
      } else if (random.nextBoolean() && place < array.size()) {
        array.remove(place);
      } else {
        array.insert(place, value);
      }
      return;
    }
    ObjectNode object = (ObjectNode) container;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(NAMES.get(random.nextInt(NAMES.size())), value);
      case 2 -> object.set(NAMES.get(random.nextInt(NAMES.size())), object.path(name).deepCopy());
      default -> object.set(name, value);
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container) {
      containers.add(container);
      container.forEach(child -> collect(child, containers));
    }
  }

  private static byte[] mutation(byte[] body, Random random) throws IOException {
    int from = random.nextInt(body.length + 1);
    int to = Math.min(body.length, from + random.nextInt(12));
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    mutated.write(body, 0, from);
    switch (random.nextInt(6)) {
      case 0 -> to = from; // and a piece goes in
      case 1 -> mutated.write(random.nextInt(256));
      case 2 -> mutated.write(body, from, to - from); // and stays: doubled
      default -> {}
    }
    if (random.nextInt(3) > 0) {
      mutated.write(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
    }
    int rest = random.nextInt(5) == 0 ? from : to;
    mutated.write(body, rest, body.length - rest);
    return mutated.toByteArray();
  }
}
