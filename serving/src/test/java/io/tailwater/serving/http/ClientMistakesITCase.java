// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients get wrong, and what they are told. */
class ClientMistakesITCase {
  private static final String PATH = "/get-online-features";

  @TempDir private static Path folder;
  private static EmbeddedRedis redis;
  private static FeatureServer server;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    redis = EmbeddedRedis.create();
    server =
        FeatureServer.start(
            ShopProject.load(folder),
            ServingSettings.DEFAULT.withAddress("127.0.0.1", 0).withLimits(1_000, 5),
            RedisOptions.of(redis.host(), redis.port()),
            Clock.systemUTC());
    http = new Http(server.uri());
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  /** What a client may get wrong, its status, Feast's name for it, and what it is told. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("{\"entities\": {\"customer_id\": [1]}", 422, "", "json_invalid"),
        arguments("", 422, "", "expected a JSON object such as"),
        arguments("[1]", 422, "", "expected a JSON object such as"),
        arguments("{} {}", 422, "", "found more behind it"),
        arguments("{\"entities\": {}, \"entities\": {}}", 422, "", "Duplicate field"),
        arguments("[".repeat(400), 422, "", "json_invalid"),
        arguments("{\"features\": [\"behavior:spend_7d\"]}", 422, "", "found no 'entities'"),
        arguments(
            "{\"entities\": [1], \"features\": []}", 422, "", "with a list for each join key"),
        arguments(
            body("{\"customer_id\": 1}", "behavior:spend_7d"), 422, "", "such as [1001, 1002]"),
        arguments("{\"entities\": {\"customer_id\": [1]}}", 422, "", "neither 'features' nor"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"features\": \"behavior:spend_7d\"}",
            422,
            "",
            "expected a list such as"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"features\": [1]}",
            422,
            "",
            "expected a text"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"features\": [\"behavior:spend_7d\"],"
                + " \"full_feature_names\": 1}",
            422,
            "",
            "expected true or false"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"feature_service\": 1}",
            422,
            "",
            "expected a text, found 1"),
        arguments(
            body("{\"customer_id\": [1]}", "behaviour:spend_7d"),
            404,
            "FeatureViewNotFoundException",
            "did you mean 'behavior'?"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"feature_service\": \"modle\"}",
            404,
            "FeatureServiceNotFoundException",
            "did you mean 'model'?"),
        arguments(
            body("{\"customer_id\": [1]}", "behavior:spend"),
            400,
            "FeastError",
            "unknown feature 'spend' of 'behavior', expected one of orders_7d"),
        arguments(
            body("{\"customer_id\": [1]}", "spend_7d"),
            400,
            "FeastError",
            "'spend_7d' names no feature, expected 'view:feature'"),
        arguments(
            "{\"entities\": {\"customer_id\": [1]}, \"features\": []}",
            400,
            "FeastError",
            "found an empty list of 'features'"),
        arguments(
            body("{\"shop\": [1]}", "behavior:spend_7d"),
            400,
            "FeastError",
            "found no join key 'customer_id' (INT64) in 'entities'"),
        arguments(
            body("{\"customer_id\": [1]}", "scores:share"),
            400,
            "RequestDataNotFoundInEntityRowsException",
            "found no request field 'cart_value' (DOUBLE)"),
        arguments(
            body("{\"customer_id\": [1], \"custmer\": [1]}", "behavior:spend_7d"),
            404,
            "EntityNotFoundException",
            "found the column 'custmer' in 'entities'"),
        arguments(
            body("{\"customer_id\": [1, 2], \"cart_value\": [1.0]}", "scores:share"),
            400,
            "FeastError",
            "{customer_id=2, cart_value=1}"),
        arguments(
            body("{\"customer_id\": []}", "behavior:spend_7d"),
            400,
            "FeastError",
            "at least one value"),
        arguments(body("{}", "behavior:spend_7d"), 400, "FeastError", "found no columns"),
        arguments(
            body("{\"customer_id\": [1, \"1001\"]}", "behavior:spend_7d"),
            400,
            "FeastError",
            "found the text \\\"1001\\\" for 'customer_id' in row 1, expected a whole number"),
        arguments(
            body("{\"customer_id\": [1.5]}", "behavior:spend_7d"),
            400,
            "FeastError",
            "found 1.5 for 'customer_id'"),
        arguments(
            body("{\"customer_id\": [9223372036854775808]}", "behavior:spend_7d"),
            400,
            "FeastError",
            "expected a whole number of INT64"),
        arguments(
            body("{\"price\": [1e999999999]}", "scores:twice_the_price"),
            400,
            "FeastError",
            "expected a number of DECIMAL"),
        arguments(
            body("{\"customer_id\": [1], \"cart_value\": [1e999]}", "scores:share"),
            400,
            "FeastError",
            "expected a number"),
        arguments(
            body("{\"customer_id\": [1]}", "behavior:orders_7d", "profile:orders_7d"),
            400,
            "FeatureNameCollisionError",
            "found several features called orders_7d"),
        arguments(
            body("{\"customer_id\": [1]}", "behavior:orders_7d", "behavior:orders_7d"),
            400,
            "FeatureNameCollisionError",
            "found 'behavior:orders_7d' twice"),
        arguments(
            body("{\"customer_id\": [1,2,3,4,5,6]}", "behavior:orders_7d"),
            400,
            "FeastError",
            "found 6 rows of entities, expected at most 5: split the request"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsAClientWhatToDo(String body, int status, String feastError, String message) {
    Answer answer = http.post(PATH, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (feastError.isEmpty()) {
      JsonNode detail = answer.json().get("detail").get(0);
      assertThat(detail.fieldNames()).toIterable().containsExactly("type", "loc", "msg", "input");
      assertThat(detail.get("loc").get(0).textValue()).isEqualTo("body");
      assertThat(detail.get("type").textValue() + ": " + detail.get("msg").textValue())
          .contains(message);
    } else {
      JsonNode error = answer.feastError();
      assertThat(error.get("module").textValue()).isEqualTo("feast.errors");
      assertThat(error.get("class").textValue()).isEqualTo(feastError);
      assertThat(error.get("message").textValue()).contains(message.replace("\\\"", "\""));
    }
  }

  @Test
  void refusesWhatIsTooLong() {
    Answer answer = http.post(PATH, " ".repeat(1_001));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body())
        .contains("found a longer body, expected at most 1000 bytes: split the request");
  }

  @Test
  void refusesWhatIsTooLongWithoutHavingSaidSo() {
    String body = body("{\"customer_id\": [1001]}", "behavior:spend_7d");

    assertThat(http.postChunked(PATH, body).status()).isEqualTo(200);
    Answer answer = http.postChunked(PATH, body + " ".repeat(1_000));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("found a longer body, expected at most 1000 bytes");
  }

  @Test
  void refusesWritesAndSaysWhereTheyGo() {
    Answer push = http.post("/push", "{\"push_source_name\": \"orders\", \"df\": {}}");
    Answer unknown = http.post("/push", "{\"push_source_name\": \"order\", \"df\": {}}");
    Answer write =
        http.post("/write-to-online-store", "{\"feature_view_name\": \"behavior\", \"df\": {}}");
    Answer batch =
        http.post("/write-to-online-store", "{\"feature_view_name\": \"profile\", \"df\": {}}");
    Answer noView = http.post("/write-to-online-store", "{\"feature_view_name\": \"x\"}");

    assertThat(push.status()).isEqualTo(403);
    assertThat(push.body()).contains("nobody could recompute", "to its topic");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.feastError().get("class").textValue())
        .isEqualTo("PushSourceNotFoundException");
    assertThat(write.status()).isEqualTo(403);
    assertThat(batch.body()).contains("tailwater materialize");
    assertThat(noView.status()).isEqualTo(404);
    assertThat(http.post("/push", "{}").status()).isEqualTo(422);
  }

  @Test
  void namesTheCommandThatMaterializes() {
    Answer all = http.post("/materialize", "{}");
    Answer incremental = http.post("/materialize-incremental", "");

    assertThat(all.status()).isEqualTo(501);
    assertThat(all.body()).contains("tailwater materialize START END");
    assertThat(incremental.status()).isEqualTo(501);
    assertThat(incremental.body()).contains("tailwater materialize-incremental END");
  }

  @Test
  void knowsItsPathsAndMethods() {
    assertThat(http.get("/nonsense").status()).isEqualTo(404);
    assertThat(http.get("/nonsense").body()).contains("/get-online-features, /health");
    assertThat(http.get(PATH).status()).isEqualTo(405);
    assertThat(http.get(PATH).body()).contains("found GET /get-online-features, expected POST");
  }

  private static String body(String entities, String... features) {
    return "{\"entities\": %s, \"features\": [\"%s\"]}"
        .formatted(entities, String.join("\", \"", features));
  }
}
