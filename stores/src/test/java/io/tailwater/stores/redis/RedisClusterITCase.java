// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisServer;

/** A Redis Cluster of two nodes that share the slots. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisClusterITCase {
  private static final int SLOTS = 16_384;
  private static final int[] PORTS = {clusterPort(), clusterPort()};

  @TempDir private static Path directory;
  private static RedisServer first;
  private static RedisServer second;

  @BeforeAll
  static void startCluster() throws IOException {
    first = start(PORTS[0]);
    second = start(PORTS[1]);
    takeSlots(PORTS[0], 0, SLOTS / 2);
    takeSlots(PORTS[1], SLOTS / 2, SLOTS);
    try (Jedis jedis = new Jedis(Ports.LOOPBACK, PORTS[0])) {
      jedis.clusterMeet(Ports.LOOPBACK, PORTS[1]);
    }
    awaitCluster(PORTS[0]);
    awaitCluster(PORTS[1]);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    first.stop();
    second.stop();
  }

  @Test
  void writesAndReadsAllNodes() throws InterruptedException {
    RedisOptions options =
        RedisOptions.of(RedisEndpoint.of(Ports.LOOPBACK, PORTS[0]).asCluster())
            .withGiveUpAfter(Duration.ofSeconds(20));
    RecordingListener listener = new RecordingListener();
    try (RedisWriter writer = new RedisWriter(LAYOUT, options, listener);
        RedisReader reader = new RedisReader(options)) {
      for (long customer = 0; customer < 1_000; customer++) {
        writer.add(vector(customer, at(10, 1, 1), customer, null));
      }
      writer.publishProgress(0, 1, 10);
      Set<Object> customers = new HashSet<>();
      reader.scan(LAYOUT, vector -> customers.add(vector.key()[0]));
      assertThat(customers).hasSize(1_000);
      assertThat(reader.read(LAYOUT, new Object[] {7L}).orElseThrow().values()[0]).isEqualTo(7L);
      assertThat(reader.watermark(LAYOUT)).hasValue(10);
    }
    assertThat(listener.written).isEqualTo(1_000);
    assertThat(keysOf(PORTS[0])).isPositive();
    assertThat(keysOf(PORTS[1])).isPositive();
  }

  @Test
  void aLostNodeIsAFailureAndIsFoundAgain() throws InterruptedException, IOException {
    RedisOptions options = RedisOptions.of(RedisEndpoint.of(Ports.LOOPBACK, PORTS[0]).asCluster());
    List<Object[]> keys = LongStream.range(0, 100).mapToObj(id -> new Object[] {id}).toList();
    List<VectorQuery> queries =
        List.of(new VectorQuery(LAYOUT.select(List.of("purchases_today")), keys));
    try (RedisReader reader = new RedisReader(options)) {
      write(options);
      assertThat(reader.read(queries).get(0).vectors()).doesNotContainNull();
      reader.ping();

      second.stop();
      assertThatThrownBy(() -> reader.read(queries)).isInstanceOf(JedisException.class);

      second = start(PORTS[1]);
      awaitCluster(PORTS[0]);
      awaitCluster(PORTS[1]);
      write(options);
      assertThat(reader.read(queries).get(0).vectors()).doesNotContainNull();
    }
  }

  private static void write(RedisOptions options) throws InterruptedException {
    try (RedisWriter writer = new RedisWriter(LAYOUT, options, RedisWriterListener.NONE)) {
      for (long customer = 0; customer < 100; customer++) {
        writer.add(vector(customer, at(10, 1, 1), customer, null));
      }
      writer.flush();
    }
  }

  private static RedisServer start(int port) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .bind(Ports.LOOPBACK)
            .setting("cluster-enabled yes")
            .setting("cluster-config-file " + directory.resolve(port + ".conf"))
            .setting("save \"\"")
            .build();
    server.start();
    return server;
  }

  private static void takeSlots(int port, int from, int to) {
    try (Jedis jedis = new Jedis(Ports.LOOPBACK, port)) {
      jedis.clusterAddSlots(IntStream.range(from, to).toArray());
    }
  }

  private static void awaitCluster(int port) {
    try (Jedis jedis = new Jedis(Ports.LOOPBACK, port)) {
      while (!jedis.clusterInfo().contains("cluster_state:ok")
          || !jedis.clusterNodes().contains("8192-16383")
          || !jedis.clusterNodes().contains("0-8191")) {
        Thread.onSpinWait();
      }
    }
  }

  private static long keysOf(int port) {
    try (Jedis jedis = new Jedis(Ports.LOOPBACK, port)) {
      return jedis.dbSize();
    }
  }

  /** The nodes talk to each other on their port + 10,000. */
  private static int clusterPort() {
    return IntStream.generate(Ports::free).filter(port -> port < 55_000).findFirst().orElseThrow();
  }
}
