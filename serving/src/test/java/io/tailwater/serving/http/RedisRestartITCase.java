// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static io.tailwater.serving.ShopProject.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back while many ask: an answer is right, or it is a 503. */
@Timeout(120)
class RedisRestartITCase {
  private static final int CLIENTS = 16;
  private static final int CUSTOMERS = 50;

  @TempDir private Path folder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();

  @Test
  void answersRightOrNotAtAllAndRecoversWithoutARestart()
      throws IOException, InterruptedException, ExecutionException {
    try (EmbeddedRedis redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED)) {
      RedisOptions options = RedisOptions.of(redis.host(), redis.port());
      Project project = ShopProject.load(folder);
      for (long id = 0; id < CUSTOMERS; id++) {
        ShopProject.put(project, options, "behavior", new Object[] {id}, id, id / 10.0, null, null);
      }
      try (FeatureServer server =
          FeatureServer.start(
              project,
              ServingSettings.DEFAULT.withAddress("127.0.0.1", 0),
              options,
              Clock.fixed(Instant.ofEpochMilli(AS_OF), ZoneOffset.UTC))) {
        Http http = new Http(server.uri());
        ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        try {
          for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            clients.add(executor.submit(() -> ask(http, first)));
          }
          for (int restart = 0; restart < 3; restart++) {
            awaitMore(clients, right, CLIENTS * 10);
            redis.kill();
            awaitMore(clients, unavailable, CLIENTS * 10);
            assertThat(http.get("/health").status()).isEqualTo(503);
            assertThat(http.get("/health").body())
                .contains("Cannot read from Redis at " + redis.address());
            redis.start();
            await(clients, () -> http.get("/health").status() == 200);
          }
          awaitMore(clients, right, CLIENTS * 10);
        } finally {
          ended.set(true);
          executor.shutdown();
        }
        for (Future<?> client : clients) {
          client.get();
        }
      }
    }
  }

  /** Checks every answer. */
  private void ask(Http http, int first) {
    for (long id = first % CUSTOMERS; !ended.get(); id = (id + 1) % CUSTOMERS) {
      Answer answer =
          http.post(
              "/get-online-features",
              "{\"entities\": {\"customer_id\": [%d, %d]}, \"features\": [\"behavior:orders_7d\", \"behavior:spend_7d\"]}"
                  .formatted(id, CUSTOMERS + id));
      if (answer.status() == 503) {
        assertThat(answer.body()).contains("Cannot read from Redis");
        unavailable.incrementAndGet();
        continue;
      }
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode results = answer.json().get("results");
      assertThat(results.get(1).get("values").toString()).isEqualTo("[%d,null]".formatted(id));
      assertThat(results.get(2).get("values").get(0).doubleValue()).isEqualTo(id / 10.0);
      assertThat(results.get(1).get("statuses").toString())
          .isEqualTo("[\"PRESENT\",\"NOT_FOUND\"]");
      right.incrementAndGet();
    }
  }

  private static void awaitMore(List<Future<?>> clients, AtomicInteger counter, int more)
      throws InterruptedException, ExecutionException {
    int target = counter.get() + more;
    await(clients, () -> counter.get() >= target);
  }

  private static void await(List<Future<?>> clients, BooleanSupplier condition)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      for (Future<?> client : clients) {
        if (client.isDone()) {
          client.get();
        }
      }
      assertThat(System.nanoTime() - deadline).as("30 s are over").isNegative();
      Thread.onSpinWait();
    }
  }
}
