// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.model.Project;
import io.tailwater.serving.ShopProject;
import io.tailwater.serving.http.Http.Answer;
import io.tailwater.stores.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Clients that ask a server for customers whose features are a function of their id, all the time,
 * and check every answer: it is right, or it is a 503.
 */
final class CheckingClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Nobody has this one. */
  private static final long MISSING = -1;

  private final Http http;
  private final ExecutorService executor;
  private final List<Future<?>> clients = new ArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong slowestNanos = new AtomicLong();

  private CheckingClients(Http http, int count) {
    this.http = http;
    this.executor = Executors.newFixedThreadPool(count);
  }

  /** Writes what the clients ask for. */
  static void fill(Project project, RedisOptions redis, List<Long> customers) {
    for (long id : customers) {
      ShopProject.put(project, redis, "behavior", new Object[] {id}, id, id / 10.0, null, null);
    }
  }

  /**
   * Clients that ask for two customers at a time.
   *
   * @param customers as they were {@linkplain #fill filled}
   */
  static CheckingClients start(Http http, int count, List<Long> customers) {
    CheckingClients clients = new CheckingClients(http, count);
    for (int i = 0; i < count; i++) {
      int first = i;
      clients.clients.add(clients.executor.submit(() -> clients.ask(customers, first)));
    }
    return clients;
  }

  private void ask(List<Long> customers, int first) {
    for (int i = first; !ended.get(); i++) {
      ask(customers.get(i % customers.size()), customers.get((i + 1) % customers.size()));
    }
  }

  private void ask(long one, long other) {
    long start = System.nanoTime();
    Answer answer =
        http.post(
            "/get-online-features",
            "{\"entities\": {\"customer_id\": [%d, %d, %d]}, \"features\": [\"behavior:orders_7d\", \"behavior:spend_7d\"]}"
                .formatted(one, MISSING, other));
    slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    if (answer.status() == 503) {
      assertThat(answer.body()).contains("Cannot read from Redis");
      unavailable.incrementAndGet();
      return;
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode results = answer.json().get("results");
    assertThat(results.get(1).get("values").toString())
        .isEqualTo("[%d,null,%d]".formatted(one, other));
    assertThat(results.get(2).get("values").get(0).doubleValue()).isEqualTo(one / 10.0);
    assertThat(results.get(2).get("values").get(2).doubleValue()).isEqualTo(other / 10.0);
    assertThat(results.get(1).get("statuses").toString())
        .isEqualTo("[\"PRESENT\",\"NOT_FOUND\",\"PRESENT\"]");
    right.incrementAndGet();
  }

  /** Waits for so many more right answers. */
  void awaitRight(int more) throws InterruptedException, ExecutionException {
    awaitMore(right, more);
  }

  /** Waits for so many more answers that say that there is none. */
  void awaitUnavailable(int more) throws InterruptedException, ExecutionException {
    awaitMore(unavailable, more);
  }

  private void awaitMore(AtomicInteger counter, int more)
      throws InterruptedException, ExecutionException {
    int target = counter.get() + more;
    await(() -> counter.get() >= target);
  }

  /** Waits for something as long as no client has found anything wrong. */
  void await(BooleanSupplier condition) throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      for (Future<?> client : clients) {
        if (client.isDone()) {
          client.get();
        }
      }
      assertThat(System.nanoTime() - deadline).as("%s are over", PATIENCE).isNegative();
      Thread.onSpinWait();
    }
  }

  /** Ends the clients, and fails if one of them found anything wrong. */
  void end() throws InterruptedException, ExecutionException {
    ended.set(true);
    for (Future<?> client : clients) {
      client.get();
    }
  }

  /** How long the slowest answer took so far. */
  Duration slowest() {
    return Duration.ofNanos(slowestNanos.get());
  }

  @Override
  public void close() {
    ended.set(true);
    executor.shutdown();
  }
}
