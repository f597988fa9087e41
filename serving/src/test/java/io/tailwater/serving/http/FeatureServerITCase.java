// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.DAY;
import static io.tailwater.serving.ShopProject.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureServerITCase {
  private static final String PATH = "/get-online-features";

  @TempDir private static Path folder;
  private static EmbeddedRedis redis;
  private static RedisOptions options;
  private static Project project;
  private static FeatureServer server;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
    options = RedisOptions.of(redis.host(), redis.port());
    project = ShopProject.load(folder);
    server = server(ServingSettings.DEFAULT.withAddress("127.0.0.1", 0).withLimits(1_000, 5));
    http = new Http(server.uri());
    put("behavior", new Object[] {1001L}, 3L, 80.0, null, AS_OF + 123);
    put("behavior", new Object[] {1002L}, 1L, 0.1, 0.1, AS_OF - DAY);
    ShopProject.publish(project, options, "behavior", NOW - 5_000);
    put(
        "profile",
        new Object[] {1001L},
        NOW - 380 * DAY,
        3,
        Double.NaN,
        new BigDecimal("4523.50"),
        new byte[] {1, -1},
        List.of("a", "ü"),
        new LinkedHashMap<>(Map.of("toys", 1.5)),
        true);
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @Test
  void answersTheClassicCall() {
    Answer answer =
        http.post(
            PATH,
            """
            {"entities": {"customer_id": [1001, 9999]},
             "features": ["behavior:orders_7d"],
             "feature_service": null,
             "full_feature_names": false}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("results").toString())
        .isEqualTo(
            "[{\"values\":[1001,9999],\"statuses\":[\"PRESENT\",\"PRESENT\"],\"event_timestamps\":"
                + "[\"1970-01-01T00:00:00Z\",\"1970-01-01T00:00:00Z\"]},"
                + "{\"values\":[3,null],\"statuses\":[\"PRESENT\",\"NOT_FOUND\"],\"event_timestamps\":"
                + "[\"2026-08-01T12:00:00Z\",\"1970-01-01T00:00:00Z\"]}]");
    assertThat(answer.json().at("/metadata/feature_names").toString())
        .isEqualTo("[\"customer_id\",\"orders_7d\"]");
  }

  @Test
  void answersWhatFeastsRemoteStoreSends() {
    Answer answer =
        http.post(
            PATH,
            """
            {"entities": {"customer_id": [1001]}, "full_feature_names": false,
             "include_feature_view_version_metadata": false, "features": ["behavior:spend_7d"]}
            """);

    assertThat(values(answer, 0)).isEqualTo("[80.0]");
  }

  @Test
  void answersInTheOrderOfTheRequestWithTypesOfJson() {
    Answer answer =
        http.post(
            PATH,
            """
            {"entities": {"customer_id": [1001], "cart_value": [20]},
             "features": ["scores:share", "profile:*", "behavior:last_at", "behavior:average_7d", "behavior:days_since"]}
            """);

    assertThat(names(answer))
        .containsExactly(
            "customer_id",
            "share",
            "signed_up_at",
            "orders_7d",
            "rating",
            "worth",
            "photo",
            "tags",
            "spend_by",
            "verified",
            "account_age",
            "last_at",
            "average_7d",
            "days_since");
    assertThat(values(answer, 0)).isEqualTo("[0.25]");
    assertThat(values(answer, 1)).isEqualTo("[" + (NOW - 380 * DAY) / 1_000 + "]");
    assertThat(answer.json().at("/results/4").toString())
        .as("NaN")
        .contains("\"values\":[null],\"statuses\":[\"NULL_VALUE\"]");
    assertThat(answer.body()).contains("{\"values\":[4523.50],");
    assertThat(values(answer, 5)).isEqualTo("[\"Af8=\"]");
    assertThat(answer.json().at("/results/7/values/0/1").textValue()).isEqualTo("ü");
    assertThat(values(answer, 7)).isEqualTo("[{\"toys\":1.5}]");
    assertThat(values(answer, 8)).isEqualTo("[true]");
    assertThat(values(answer, 9)).isEqualTo("[380]");
    assertThat(answer.body()).contains("[1785585600.123]");
    assertThat(answer.json().at("/results/12").toString())
        .contains("NULL_VALUE", "2026-08-01T12:00:00Z");
    assertThat(values(answer, 12)).isEqualTo("[0]");
  }

  @Test
  void aServiceWinsOverFeaturesAndFullNamesSayTheView() {
    Answer answer =
        http.post(
            PATH,
            """
            {"entities": {"customer_id": [1001], "seller_id": [1002]}, "features": ["no:such"],
             "feature_service": "trade", "full_feature_names": true}
            """);

    assertThat(names(answer))
        .containsExactly("customer_id", "seller_id", "behavior__spend_7d", "seller__spend_7d");
    assertThat(values(answer, 1)).isEqualTo("[80.0]");
    assertThat(values(answer, 2)).isEqualTo("[0.1]");
  }

  @Test
  void saysHowWellValuesHold() {
    JsonNode metadata =
        http.post(
                PATH,
                "{\"entities\": {\"customer_id\": [1001, 7]}, \"features\":"
                    + " [\"behavior:spend_7d\"]}")
            .json()
            .get("metadata");

    assertThat(metadata.get("request_time").textValue()).isEqualTo("2026-08-02T12:00:00Z");
    assertThat(metadata.get("views").toString())
        .isEqualTo(
            "[{\"name\":\"behavior\",\"watermark\":\"2026-08-02T11:59:55Z\",\"lag_ms\":5000,"
                + "\"freshness\":[\"CURRENT\",null],\"stale_ms\":[0,0]}]");
    assertThat(metadata.get("complete_from").toString()).isEqualTo("{}");
  }

  @Test
  void saysWhichValuesAreNotOfAllEvents() {
    ShopProject.put(
        project,
        options,
        "behavior",
        new OnlineVector(
            new Object[] {5L},
            AS_OF,
            OnlineVector.FOREVER,
            1,
            1,
            new Object[] {4L, 80.0, 20.0, AS_OF},
            new long[] {AS_OF, NOW + DAY, AS_OF, OnlineVector.FOREVER}));

    JsonNode metadata =
        http.post(
                PATH,
                "{\"entities\": {\"customer_id\": [1001, 5]}, \"features\":"
                    + " [\"behavior:orders_7d\", \"behavior:spend_7d\", \"behavior:last_at\"]}")
            .json()
            .get("metadata");

    assertThat(metadata.get("complete_from").toString())
        .isEqualTo("{\"spend_7d\":[null,\"2026-08-03T12:00:00Z\"],\"last_at\":[null,\"never\"]}");
  }

  @Test
  void takesEveryTypeOfKeyAndRequestField() {
    put("codes", new Object[] {new byte[] {1, -1}, AS_OF}, 9L);
    Answer text = codes("\"Af8=\"", "\"2026-08-01T14:00:00+02:00\"");
    Answer seconds = codes("\"Af8=\"", "1785585600");

    assertThat(text.json().at("/results/2/values/0").intValue()).isEqualTo(9);
    assertThat(seconds.json().at("/results/2/values/0").intValue()).isEqualTo(9);
    Answer request =
        http.post(
            PATH,
            """
            {"entities": {"items": [3], "cart_value": [1e1], "units": [9007199254740993], "filled_at": [1785664800],
              "gift": [true], "note": ["\\ud800"], "price": [12.5]},
             "features": ["scores:per_item", "scores:all_units", "scores:age_of_cart", "scores:is_gift", "scores:twice_the_price"]}
            """);
    assertThat(request.status()).as(request.body()).isEqualTo(200);
    assertThat(request.body())
        .contains("[3.3333333333333335]", "[9007199254740994]", "[2]", "[true]", "[25.00]");
  }

  @Test
  void clientsThatSendSlowlyHoldUpNobody() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * ServingSettings.DEFAULT.threads(); i++) {
        Socket socket = new Socket("127.0.0.1", server.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /get-online-features HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{"
                    .getBytes(US_ASCII));
      }
      assertThat(http.post(PATH, body("{\"customer_id\": [1001]}", "behavior:spend_7d")).status())
          .isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void isHealthyAndDescribesAndMeasuresItself() {
    http.post(PATH, body("{\"customer_id\": [1001, 8]}", "behavior:spend_7d"));
    http.post(
        PATH,
        "{\"entities\": {\"customer_id\": [1001], \"seller_id\": [8]}, \"feature_service\": \"trade\","
            + " \"full_feature_names\": true}");
    http.post(PATH, "");

    Answer health = http.get("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body()).isEmpty();
    JsonNode document = http.get("/openapi.json").json();
    assertThat(document.get("openapi").textValue()).startsWith("3.1");
    assertThat(document.get("paths").fieldNames())
        .toIterable()
        .contains(PATH, "/health", "/metrics", "/push", "/materialize");
    assertThat(
            document
                .at("/components/schemas/FeatureRequest/properties/features/items/examples")
                .toString())
        .contains("\"behavior:days_since\"", "\"scores:share\"");
    assertThat(http.get("/metrics").body())
        .contains(
            "tailwater_serving_request_seconds_bucket{endpoint=\"/get-online-features\","
                + "status=\"200\",le=\"0.0015\"}",
            "tailwater_serving_request_seconds_count{endpoint=\"/get-online-features\","
                + "status=\"422\"}",
            "tailwater_serving_vectors_total{status=\"PRESENT\",view=\"behavior\"}",
            "tailwater_serving_vectors_total{status=\"NOT_FOUND\",view=\"behavior\"}",
            "tailwater_serving_freshness_total{freshness=\"CURRENT\",view=\"behavior\"}",
            "tailwater_serving_age_seconds_bucket{view=\"behavior\",le=\"86400.0\"}",
            "tailwater_serving_watermark_lag_seconds{view=\"behavior\"} 5.0")
        .as("a view has one name, whatever services call it")
        .doesNotContain("view=\"seller\"");
  }

  @Test
  void asksForATokenWhereOneIsConfigured() throws IOException {
    ServingSettings settings =
        ServingSettings.DEFAULT.withAddress("127.0.0.1", 0).withTokens(List.of("s3cret", "other"));
    String body = body("{\"customer_id\": [1001]}", "behavior:spend_7d");
    try (FeatureServer guarded = server(settings)) {
      Http client = new Http(guarded.uri());

      assertThat(client.post(PATH, body).status()).isEqualTo(401);
      assertThat(client.post(PATH, body).body()).contains("'Authorization: Bearer TOKEN'");
      assertThat(client.post(PATH, body, "Authorization", "Bearer s3cre").status()).isEqualTo(401);
      assertThat(client.post(PATH, body, "Authorization", "Basic s3cret").status()).isEqualTo(401);
      assertThat(client.get("/metrics").status()).isEqualTo(401);
      assertThat(client.post(PATH, body, "Authorization", "Bearer s3cret").status()).isEqualTo(200);
      assertThat(client.post(PATH, body, "Authorization", "bearer other").status()).isEqualTo(200);
      assertThat(client.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void anAddressInUseIsNamed() {
    ServingSettings taken = ServingSettings.DEFAULT.withAddress("127.0.0.1", server.port());

    assertThatThrownBy(() -> server(taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
  }

  private static FeatureServer server(ServingSettings settings) throws IOException {
    return FeatureServer.start(
        project, settings, options, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }

  private static void put(String view, Object[] key, Object... values) {
    ShopProject.put(project, options, view, key, values);
  }

  private static Answer codes(String code, String since) {
    return http.post(
        PATH, body("{\"code\": [%s], \"since\": [%s]}".formatted(code, since), "codes:uses"));
  }

  private static String body(String entities, String... features) {
    return "{\"entities\": %s, \"features\": [\"%s\"]}"
        .formatted(entities, String.join("\", \"", features));
  }

  private static List<String> names(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Stream.of(answer.json().at("/metadata/feature_names"))
        .flatMap(names -> StreamSupport.stream(names.spliterator(), false))
        .map(JsonNode::textValue)
        .toList();
  }

  /** The values of a feature, counted behind the first join key. */
  private static String values(Answer answer, int feature) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("results").get(feature + 1).get("values").toString();
  }
}
