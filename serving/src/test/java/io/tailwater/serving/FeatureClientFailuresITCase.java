// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.Ports;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** A Redis that is away, silent or wrong. */
class FeatureClientFailuresITCase extends FeatureClientSetup {
  @Test
  void goesOnAfterARestartOfRedisAndFailsMeanwhile() {
    ShopProject.put(project, options, "behavior", new Object[] {1L}, 1L, 10.0, 10.0, AS_OF);
    List<String> features = List.of("behavior:orders_7d");
    List<Map<String, Object>> one = List.of(Map.of("customer_id", 1L));
    assertThat(client.getOnlineFeatures(features, one).value(0, 0)).isEqualTo(1L);

    redis.stop();
    assertThatThrownBy(() -> client.getOnlineFeatures(features, one))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageStartingWith("Cannot read from Redis at " + redis.address());
    assertThatThrownBy(client::ping).isInstanceOf(OnlineStoreException.class);

    redis.start();
    assertThat(client.getOnlineFeatures(features, one).value(0, 0)).isEqualTo(1L);
    redis.kill();
    redis.start();
    assertThat(client.getOnlineFeatures(features, one).value(0, 0)).isEqualTo(1L);
  }

  @Test
  void aValueThatAnotherProgramBrokeIsNoAnswer() {
    ShopProject.put(project, options, "behavior", new Object[] {1L}, 1L, 10.0, 10.0, AS_OF);
    try (RedisClient admin = RedisClient.create(redis.host(), redis.port())) {
      admin.hset("shop:behavior:1", "orders_7d", "many");
    }

    assertThatThrownBy(
            () ->
                client.getOnlineFeatures(
                    List.of("behavior:orders_7d"), List.of(Map.of("customer_id", 1L))))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("many");

    try (RedisClient admin = RedisClient.create(redis.host(), redis.port())) {
      admin.hset("shop:behavior:1", Map.of("orders_7d", "1", "_version", "7"));
    }
    assertThatThrownBy(
            () ->
                client.getOnlineFeatures(
                    List.of("behavior:orders_7d"), List.of(Map.of("customer_id", 1L))))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("found '7' in field '_version', expected <generation>:<event count>");
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForTwice() throws IOException {
    // Takes connections and never says a word.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName(Ports.LOOPBACK));
        FeatureClient waiting =
            FeatureClient.create(
                project,
                RedisOptions.of(Ports.LOOPBACK, silent.getLocalPort())
                    .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(200)),
                Clock.systemUTC())) {
      assertThatThrownBy(waiting::ping)
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("timed out");
      silent.setSoTimeout(10_000);
      silent.accept().close();
      silent.setSoTimeout(1);
      assertThatThrownBy(silent::accept)
          .as("one connection, no second try")
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whatIsOnDemandOfTheRequestAloneAsksNobody() {
    redis.stop();

    OnlineFeatures read =
        client.getOnlineFeatures(
            List.of("scores:twice_the_price", "scores:age_of_cart"),
            List.of(Map.of("price", new BigDecimal("1.25"), "filled_at", NOW - 7_200_000)));

    assertThat(read.value(0, 0)).isEqualTo(new BigDecimal("2.50"));
    assertThat(read.value(0, 1)).isEqualTo(2);
    assertThat(read.eventTimestamp(0, 0)).isEqualTo(NOW);
  }
}
