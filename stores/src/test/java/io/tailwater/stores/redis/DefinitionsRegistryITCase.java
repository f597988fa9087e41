// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.DefinitionFiles;
import io.tailwater.embedded.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;

@Timeout(60)
class DefinitionsRegistryITCase {
  private static final String KEY = "shop:%definitions";
  private static EmbeddedRedis redis;
  private DefinitionsRegistry registry;
  private RedisClient client;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open() {
    client = RedisClient.create(redis.host(), redis.port());
    client.flushAll();
    registry = new DefinitionsRegistry(options(), "shop");
  }

  @AfterEach
  void close() {
    registry.close();
    client.close();
  }

  private static RedisOptions options() {
    return RedisOptions.of(redis.host(), redis.port());
  }

  private static PublishedDefinitions version(long version, String text) {
    return new PublishedDefinitions(
        version,
        1_700_000_000_000L + version,
        DefinitionFiles.of(Map.of("shop.yaml", text, "order.avsc", "{}")),
        new TreeMap<>(Map.of("behavior", "ab" + version)),
        new TreeMap<>(Map.of("behavior:gone", "cd")));
  }

  @Test
  void whatIsPublishedIsReadBack() throws InterruptedException {
    assertThat(registry.head()).isEmpty();
    assertThat(registry.read()).isEmpty();

    assertThat(registry.publish(version(1, "project: shop\n# größer: ✓\n"), 0)).isTrue();

    assertThat(registry.read()).contains(version(1, "project: shop\n# größer: ✓\n"));
    assertThat(registry.head())
        .contains(
            new DefinitionsRegistry.Head(1, version(1, "project: shop\n# größer: ✓\n").digest()));
    assertThat(client.ttl(KEY)).as("never expires").isEqualTo(-1);
  }

  @Test
  void nothingOfAnOlderVersionIsLeft() throws InterruptedException {
    registry.publish(
        new PublishedDefinitions(
            1, 0, DefinitionFiles.of(Map.of("old.yaml", "x")), new TreeMap<>(), new TreeMap<>()),
        0);

    assertThat(registry.publish(version(2, "x"), 1)).isTrue();

    assertThat(registry.read()).contains(version(2, "x"));
  }

  @Test
  void whatWasComparedWithAnotherVersionIsRefused() throws InterruptedException {
    registry.publish(version(1, "one"), 0);
    registry.publish(version(2, "two"), 1);

    assertThat(registry.publish(version(2, "other"), 1)).isFalse();
    assertThat(registry.publish(version(1, "other"), 0)).isFalse();
    assertThat(registry.publish(version(4, "other"), 3)).isFalse();

    assertThat(registry.read()).contains(version(2, "two"));
  }

  /** As when a connection breaks before the reply. */
  @Test
  void theSameAgainIsNoConflict() throws InterruptedException {
    registry.publish(version(1, "one"), 0);

    assertThat(registry.publish(version(1, "one"), 0)).isTrue();
  }

  /** Of those that have seen the same version exactly one comes through, again and again. */
  @Test
  void ofTwoAtOnceOneIsTold() throws Exception {
    int rounds = 200;
    int writers = 4;
    CyclicBarrier start = new CyclicBarrier(writers);
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    List<Future<List<Integer>>> results = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "writer " + writer;
      results.add(
          pool.submit(
              () -> {
                List<Integer> won = new ArrayList<>();
                try (DefinitionsRegistry own = new DefinitionsRegistry(options(), "shop")) {
                  for (int round = 0; round < rounds; round++) {
                    start.await(30, TimeUnit.SECONDS);
                    if (own.publish(version(round + 1L, name), round)) {
                      won.add(round);
                    }
                  }
                }
                return won;
              }));
    }
    List<Integer> won = new ArrayList<>();
    for (Future<List<Integer>> result : results) {
      won.addAll(result.get());
    }
    pool.shutdown();

    assertThat(won).hasSize(rounds).doesNotHaveDuplicates();
    assertThat(registry.head())
        .hasValueSatisfying(head -> assertThat(head.version()).isEqualTo(rounds));
  }

  @Test
  void isOfItsProjectAlone() throws InterruptedException {
    registry.publish(version(1, "one"), 0);

    try (DefinitionsRegistry other = new DefinitionsRegistry(options(), "shop:%definitions")) {
      assertThat(other.read()).isEmpty();
      other.publish(version(1, "other"), 0);
    }

    assertThat(registry.read()).contains(version(1, "one"));
  }

  @Test
  void isNoEntitysKey() throws InterruptedException {
    registry.publish(version(1, "one"), 0);

    try (RedisReader reader = new RedisReader(options())) {
      assertThat(reader.isEmpty(TestVectors.LAYOUT)).isTrue();
    }
    assertThat(client.keys("*")).containsExactly(KEY);
  }

  @Test
  void whatOthersHaveWrittenIsSaid() {
    client.hset(KEY, Map.of("format", "2", "version", "7", "digest", "x"));
    assertThatThrownBy(registry::read)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(KEY + " in Redis at")
        .hasMessageContaining("found format 2, expected 1");

    client.hset(KEY, Map.of("format", "1", "version", "seven"));
    assertThatThrownBy(registry::read)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("found 'seven', expected a number");
  }

  @Test
  void aRedisThatDoesNotAnswerIsNamed() {
    try (DefinitionsRegistry nowhere =
        new DefinitionsRegistry(RedisOptions.of("127.0.0.1", 1), "shop")) {
      assertThatThrownBy(nowhere::head)
          .isInstanceOf(RegistryException.class)
          .hasMessageStartingWith("cannot read which definitions of project 'shop' are applied");
    }
  }
}
