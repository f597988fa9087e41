// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.evolution.Contents;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.DefinitionsAgreement;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.PublishedDefinitions;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** What servers and clients make of definitions that are applied while they run, or before. */
class AppliedDefinitionsITCase {
  private static final String SPEND = "spend_1d, aggregate: sum(price), window: 1d";

  @TempDir private Path folder;
  private EmbeddedRedis redis;
  private RedisOptions options;
  private Project project;

  @BeforeEach
  void start() throws IOException {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
    options = RedisOptions.of(redis.host(), redis.port());
    project = ShopProject.load(folder);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void aServerThatRunsTellsOfWhatIsAppliedAndGoesOn() throws Exception {
    try (FeatureServer server = server(DefinitionsPolicy.APPLIED)) {
      Http http = new Http(server.uri());
      assertThat(http.get("/health")).isEqualTo(new Answer(200, ""));
      assertThat(http.get("/metrics").body())
          .contains("tailwater_serving_definitions_version NaN\n");

      publish(1, "", "");
      awaitHealth(http, "{\"applied_definitions_version\":1,\"differences\":0}");
      assertThat(http.get("/metrics").body())
          .contains("tailwater_serving_definitions_version 1.0\n");

      publish(2, SPEND, SPEND.replace("window: 1d", "window: 2d"));
      awaitHealth(http, "{\"applied_definitions_version\":2,\"differences\":1}");
      assertThat(http.get("/metrics").body())
          .contains(
              "tailwater_serving_definitions_version 1.0\n",
              "tailwater_serving_definitions_applied_version 2.0\n",
              "tailwater_serving_definitions_differences 1.0\n");
      Answer answer =
          http.post(
              "/get-online-features",
              "{\"entities\": {\"card\": [\"a\"], \"shop\": [1]}, \"features\":"
                  + " [\"card_spend:spend_1d\"]}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
  }

  @Test
  void aServerOfOtherValuesDoesNotStart() throws Exception {
    publish(1, SPEND, SPEND.replace("sum(price)", "max(price)"));

    assertThatThrownBy(() -> server(DefinitionsPolicy.APPLIED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the definitions are not those that are applied, version 1:")
        .hasMessageContaining("  card_spend:spend_1d: aggregate max(price) → sum(price)")
        .hasMessageContaining("--unapplied");
    try (FeatureServer server = server(DefinitionsPolicy.ANY)) {
      awaitHealth(new Http(server.uri()), "{\"applied_definitions_version\":1,\"differences\":1}");
    }
  }

  /** As one that crashes between apply and the deployment of the servers. */
  @Test
  void aServerStartsBesideFeaturesThatItDoesNotKnow() throws Exception {
    publish(
        1, SPEND + "}", SPEND + "}\n      - {name: most_1d, aggregate: max(price), window: 1d}");

    try (FeatureServer server = server(DefinitionsPolicy.APPLIED)) {
      awaitHealth(new Http(server.uri()), "{\"applied_definitions_version\":1,\"differences\":0}");
    }
  }

  @Test
  void aServerStartsWithoutRedisAndSeesWhatIsAppliedLater() throws Exception {
    publish(1, SPEND, SPEND.replace("sum(price)", "max(price)"));
    redis.stop();
    try (FeatureServer server = server(DefinitionsPolicy.APPLIED)) {
      Http http = new Http(server.uri());
      assertThat(http.get("/health").status()).isEqualTo(503);
      assertThat(http.get("/metrics").status()).isEqualTo(200);
      redis.start();
      publish(2, SPEND, SPEND.replace("sum(price)", "min(price)"));
      awaitHealth(http, "{\"applied_definitions_version\":2,\"differences\":1}");
    }
  }

  /** Reading a version for the first time may take longer than an answer of /health. */
  private static void awaitHealth(Http http, String expected) throws Exception {
    Await.until(
        () -> "/health does not say " + expected,
        () -> http.get("/health").body().equals(expected));
  }

  @Test
  void aClientAsksWhenItLikes() throws Exception {
    try (FeatureClient client = FeatureClient.create(project, options, Clock.systemUTC())) {
      assertThat(client.agreement().appliedVersion()).isNull();
      assertThat(client.agreement().isAgreed()).isTrue();

      publish(1, "name: card_spend", "name: card_spending");
      DefinitionsAgreement agreement = client.agreement();
      assertThat(agreement.appliedVersion()).isEqualTo(1);
      assertThat(agreement.differences()).containsExactly("card_spend: is not applied");

      publish(2, "", "");
      assertThat(client.agreement()).isEqualTo(new DefinitionsAgreement(2L, List.of()));
    }
  }

  @Test
  void definitionsThatCannotBeReadAreADifference() throws Exception {
    try (RedisClient admin = RedisClient.create(redis.host(), redis.port());
        FeatureClient client = FeatureClient.create(project, options, Clock.systemUTC())) {
      admin.hset(
          "shop:%definitions", new TreeMap<>(Map.of("format", "9", "version", "4", "digest", "d")));

      assertThat(client.agreement().differences())
          .singleElement()
          .asString()
          .contains("found format 9, expected 1");
    }
  }

  private FeatureServer server(DefinitionsPolicy policy) throws IOException {
    return FeatureServer.start(
        project,
        ServingSettings.DEFAULT.withAddress("127.0.0.1", 0),
        options,
        Clock.systemUTC(),
        policy);
  }

  /** Applies the shop's definitions with an edit. */
  private void publish(long version, String from, String to)
      throws IOException, InterruptedException {
    Path other = Files.createDirectories(folder.resolve("version" + version));
    Files.copy(folder.resolve("order.avsc"), other.resolve("order.avsc"));
    String text = Files.readString(folder.resolve("shop.yaml"));
    assertThat(text).contains(from);
    Files.writeString(other.resolve("shop.yaml"), from.isEmpty() ? text : text.replace(from, to));
    LoadedProject loaded = ProjectLoader.loadWithFiles(other);
    try (DefinitionsRegistry registry = new DefinitionsRegistry(options, "shop")) {
      assertThat(
              registry.publish(
                  new PublishedDefinitions(
                      version,
                      1,
                      loaded.files(),
                      Contents.of(loaded.project()).views(),
                      new TreeMap<>()),
                  version - 1))
          .isTrue();
    }
  }
}
