// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static io.tailwater.serving.ShopProject.NOW;

import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A client of the shop's features, and a Redis that runs and is empty before each test. */
abstract class FeatureClientSetup {
  @TempDir private static Path folder;
  static EmbeddedRedis redis;
  static Project project;
  RedisOptions options;
  FeatureClient client;

  @BeforeAll
  static void start() throws IOException {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
    project = ShopProject.load(folder);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() {
    redis.start();
    try (RedisClient admin = RedisClient.create(redis.host(), redis.port())) {
      admin.flushAll();
    }
    options = RedisOptions.of(redis.host(), redis.port());
    client = at(NOW);
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** A client whose clock stands. */
  FeatureClient at(long now) {
    return FeatureClient.create(
        project, options, Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC));
  }
}
