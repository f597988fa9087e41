// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RedisWriterITCase {
  private static EmbeddedRedis redis;

  private final RecordingListener listener = new RecordingListener();
  private RedisOptions options;
  private RedisWriter writer;
  private RedisReader reader;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open() {
    redis.start();
    withClient(RedisClient::flushAll);
    options =
        RedisOptions.of(redis.host(), redis.port())
            .withBatches(50, Duration.ofMillis(10))
            .withGiveUpAfter(Duration.ofMinutes(1));
    writer = new RedisWriter(LAYOUT, options, listener);
    reader = new RedisReader(options);
  }

  @AfterEach
  void close() {
    writer.close();
    reader.close();
  }

  @Test
  void writesNothingBeforeAFlushAndAllWithIt() throws InterruptedException {
    for (long customer = 0; customer < 120; customer++) {
      writer.add(vector(customer, at(10, 1, 1), customer, 0.5));
    }
    assertThat(stored()).isEmpty();
    assertThat(writer.pending()).isEqualTo(120);
    assertThat(writer.isFull()).isTrue();
    writer.flush();
    assertThat(stored()).hasSize(120);
    assertThat(writer.pending()).isZero();
    assertThat(listener.batches).isEqualTo(3);
    assertThat(listener.written).isEqualTo(120);
  }

  @Test
  void sendsOneVectorAnEntityTheGreatestAndOfEqualsTheLast() throws InterruptedException {
    writer.add(vector(1, at(10, 1, 2), 2L, null));
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    writer.add(vector(2, at(10, 1, 1), 1L, null));
    writer.add(vector(2, at(10, 1, 1), 3L, null));
    assertThat(writer.pending()).isEqualTo(2);
    writer.flush();
    assertThat(purchases(1)).isEqualTo(2L);
    assertThat(purchases(2)).isEqualTo(3L);
    assertThat(listener.coalesced).isEqualTo(2);
    assertThat(listener.written).isEqualTo(2);
  }

  @Test
  void countsWhatTheFenceRefuses() throws InterruptedException {
    writer.add(vector(1, at(10, 1, 2), 2L, null));
    writer.flush();
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    writer.flush();
    assertThat(listener.written).isEqualTo(1);
    assertThat(listener.stale).isEqualTo(1);
    assertThat(purchases(1)).isEqualTo(2L);
  }

  @Test
  void goesOnWhenTheServerForgotItsScripts() throws InterruptedException {
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    writer.flush();
    withClient(RedisClient::scriptFlush);
    for (long customer = 1; customer <= 120; customer++) {
      writer.add(vector(customer, at(11, 1, 2), 2L, null));
    }
    writer.flush();
    assertThat(stored()).hasSize(120);
    assertThat(listener.retries).isZero();
  }

  @Test
  void losesNothingWhenTheServerIsAwayForAWhile() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch halfWritten = new CountDownLatch(1);
    try {
      Future<?> writing =
          executor.submit(
              () -> {
                for (long customer = 0; customer < 20_000; customer++) {
                  writer.add(vector(customer, at(10, 1, 1), customer, null));
                  if (writer.isFull()) {
                    writer.flush();
                  }
                  if (customer == 5_000) {
                    halfWritten.countDown();
                  }
                }
                writer.flush();
                return null;
              });
      halfWritten.await();
      redis.stop();
      listener.awaitRetries(5);
      redis.start();
      writing.get();
    } finally {
      executor.shutdownNow();
    }
    assertThat(stored()).hasSize(20_000);
    assertThat(listener.written + listener.stale).isEqualTo(20_000);
  }

  @Test
  void waitsForAServerThatRefusesWritesForNow() throws Exception {
    withClient(client -> client.configSet("min-replicas-to-write", "1"));
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          executor.submit(
              () -> {
                writer.flush();
                return null;
              });
      listener.awaitRetries(2);
      withClient(client -> client.configSet("min-replicas-to-write", "0"));
      writing.get();
    } finally {
      executor.shutdownNow();
      withClient(client -> client.configSet("min-replicas-to-write", "0"));
    }
    assertThat(purchases(1)).isEqualTo(1L);
  }

  @Test
  void givesUpInTheEndAndKeepsWhatWasAdded() {
    redis.stop();
    RedisWriter impatient =
        new RedisWriter(
            LAYOUT, options.withGiveUpAfter(Duration.ofMinutes(5)), listener, new ManualPauses());
    impatient.add(vector(1, at(10, 1, 1), 1L, null));
    assertThatThrownBy(impatient::flush)
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("Redis at " + redis.address() + " failed")
        .hasMessageContaining("in a row for PT5M");
    assertThat(impatient.pending()).isOne();
    impatient.close();
  }

  @Test
  void namesTheKeyThatAnotherProgramOwns() {
    withClient(client -> client.set("retail:customer_behavior:7", "mine"));
    writer.add(vector(6, at(10, 1, 1), 1L, null));
    writer.add(vector(7, at(10, 1, 1), 1L, null));
    assertThatThrownBy(writer::flush)
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("key 'retail:customer_behavior:***' holds a value of another type")
        .hasMessageContaining("delete it");
    assertThat(purchases(6)).isEqualTo(1L);
  }

  @Test
  void failsAtOnceWhenTheCredentialsAreWrong() {
    RedisOptions locked =
        RedisOptions.of(options.endpoint().withCredentials("nobody", "wrong-password"));
    try (RedisWriter stranger = new RedisWriter(LAYOUT, locked, listener)) {
      stranger.add(vector(1, at(10, 1, 1), 1L, null));
      assertThatThrownBy(stranger::flush)
          .isInstanceOf(RedisWriteException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-password");
    }
    assertThat(listener.retries).isZero();
  }

  @Test
  void mayBeInterruptedWhileItWaits() throws Exception {
    redis.stop();
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          executor.submit(
              () -> {
                writer.flush();
                return null;
              });
      listener.awaitRetries(3);
      writing.cancel(true);
      executor.shutdown();
      assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(writer.pending()).isOne();
  }

  private Object purchases(long customer) {
    return reader.read(LAYOUT, new Object[] {customer}).orElseThrow().values()[0];
  }

  private Set<Long> stored() {
    Set<Long> customers = new HashSet<>();
    reader.scan(LAYOUT, (OnlineVector vector) -> customers.add((Long) vector.key()[0]));
    return customers;
  }

  private static void withClient(Consumer<RedisClient> action) {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      action.accept(client);
    }
  }
}
