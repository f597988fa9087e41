// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.stores.redis.RedisOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back while many ask: an answer is right, or it is a 503, in time. */
@Timeout(120)
class RedisRestartITCase {
  private static final int CLIENTS = 16;
  private static final List<Long> CUSTOMERS = LongStream.range(0, 50).boxed().toList();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(ShopProject.AS_OF), ZoneOffset.UTC);

  /** How long a reply may take where a request may not, and much less than that. */
  private static final Duration PATIENT = Duration.ofSeconds(100);

  private static final Duration SLACK = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void answersRightOrNotAtAllAndRecoversWithoutARestart() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
        FeatureServer server = start(redis, ServingSettings.DEFAULT)) {
      Http http = new Http(server.uri());
      try (CheckingClients clients = CheckingClients.start(http, CLIENTS, CUSTOMERS)) {
        for (int restart = 0; restart < 3; restart++) {
          clients.awaitRight(CLIENTS * 10);
          redis.kill();
          clients.awaitUnavailable(CLIENTS * 10);
          assertThat(http.get("/health").status()).isEqualTo(503);
          assertThat(http.get("/health").body())
              .contains("Cannot read from Redis at " + redis.address());
          redis.start();
          clients.await(() -> http.get("/health").status() == 200);
        }
        clients.awaitRight(CLIENTS * 10);
        clients.end();
      }
    }
  }

  /** More clients than threads, so that a request that waits for a thread is in time as well. */
  @Test
  void aRequestIsAnsweredInTimeHoweverLongRedisIsSilent() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.create();
        FeatureServer server =
            start(
                redis,
                ServingSettings.DEFAULT.withThreads(8).withTimeouts(PATIENT.toMillis(), 500))) {
      Http http = new Http(server.uri());
      try (CheckingClients clients = CheckingClients.start(http, CLIENTS, CUSTOMERS)) {
        clients.awaitRight(CLIENTS * 10);
        redis.pause();
        clients.awaitUnavailable(CLIENTS * 3);
        assertThat(http.get("/health").status()).isEqualTo(503);
        assertThat(http.get("/health").body())
            .contains(
                "Cannot read from Redis at %s: no answer within 500 ms".formatted(redis.address()));
        assertThat(http.get("/metrics").status()).isEqualTo(200);
        redis.resume();
        clients.await(() -> http.get("/health").status() == 200);
        clients.awaitRight(CLIENTS * 10);
        clients.end();
        assertThat(clients.slowest()).as("with 500 ms for a request").isLessThan(SLACK);
      }
    }
  }

  private FeatureServer start(EmbeddedRedis redis, ServingSettings settings) throws Exception {
    RedisOptions options = RedisOptions.of(redis.host(), redis.port());
    Project project = ShopProject.load(folder);
    CheckingClients.fill(project, options, CUSTOMERS);
    return FeatureServer.start(project, settings.withAddress("127.0.0.1", 0), options, CLOCK);
  }
}
