// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.DefinitionFiles;
import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
  private static final int REPLICA_PORT = clusterPort();
  private static final int READS = 50;

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

  @BeforeEach
  void empty() {
    for (int port : PORTS) {
      try (Jedis jedis = new Jedis(Ports.LOOPBACK, port)) {
        jedis.flushAll();
      }
    }
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
  void publishesDefinitions() throws InterruptedException {
    RedisOptions options = RedisOptions.of(RedisEndpoint.of(Ports.LOOPBACK, PORTS[0]).asCluster());
    for (String project : List.of("shop", "retail", "fraud")) {
      PublishedDefinitions definitions =
          new PublishedDefinitions(
              1,
              10,
              DefinitionFiles.of(Map.of("a.yaml", "project: " + project)),
              new TreeMap<>(Map.of("view", "digest")),
              new TreeMap<>());
      try (DefinitionsRegistry registry = new DefinitionsRegistry(options, project)) {
        assertThat(registry.publish(definitions, 0)).isTrue();
        assertThat(registry.publish(definitions, 7)).as("the same again").isTrue();
        assertThat(registry.read()).contains(definitions);
      }
    }
    assertThat(keysOf(PORTS[0])).isPositive();
    assertThat(keysOf(PORTS[1])).isPositive();
  }

  @Test
  void readsOfSeveralNodesShareThreads() throws InterruptedException {
    RedisOptions options = RedisOptions.of(RedisEndpoint.of(Ports.LOOPBACK, PORTS[0]).asCluster());
    List<Object[]> keys = LongStream.range(0, 100).mapToObj(id -> new Object[] {id}).toList();
    write(options);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (RedisReader reader = new RedisReader(options)) {
      long before = threads.getTotalStartedThreadCount();
      for (int i = 0; i < READS; i++) {
        assertThat(reader.read(LAYOUT, keys)).doesNotContain(Optional.empty());
      }
      assertThat(threads.getTotalStartedThreadCount() - before)
          .as("threads that were started meanwhile, by whomever")
          .isLessThan(READS);
    }
  }

  @Test
  void aScanAsksNoReplica() throws IOException, InterruptedException {
    RedisOptions options = RedisOptions.of(RedisEndpoint.of(Ports.LOOPBACK, PORTS[0]).asCluster());
    write(options);
    RedisServer replica = start(REPLICA_PORT);
    try {
      replicate(PORTS[0], REPLICA_PORT);
      assertThat(scan(options)).as("each once").hasSize(100).doesNotHaveDuplicates();
    } finally {
      replica.stop();
    }
    assertThat(scan(options)).as("without the replica").hasSize(100).doesNotHaveDuplicates();
    assertThat(isEmpty(options)).isFalse();
  }

  private static List<Object> scan(RedisOptions options) {
    List<Object> customers = new ArrayList<>();
    try (RedisReader reader = new RedisReader(options)) {
      reader.scan(LAYOUT, vector -> customers.add(vector.key()[0]));
    }
    return customers;
  }

  private static boolean isEmpty(RedisOptions options) {
    try (RedisReader reader = new RedisReader(options)) {
      return reader.isEmpty(LAYOUT);
    }
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

  /** Returns when the replica is known to the node that it copies, and has copied it. */
  private static void replicate(int primary, int replica) {
    try (Jedis copied = new Jedis(Ports.LOOPBACK, primary);
        Jedis copy = new Jedis(Ports.LOOPBACK, replica)) {
      copy.clusterMeet(Ports.LOOPBACK, primary);
      String id = copied.clusterMyId();
      while (!copy.clusterNodes().contains(id)) {
        Thread.onSpinWait();
      }
      copy.clusterReplicate(id);
      while (!copied.clusterNodes().contains("slave " + id)
          || !copy.info("replication").contains("master_link_status:up")) {
        Thread.onSpinWait();
      }
    }
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
