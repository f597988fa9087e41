// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Jedis clients for an endpoint, one at a time: {@link #replace} and {@link #reset} make the next
 * use a new one, which connects, resolves the name and asks for the cluster's nodes again,
 * whichever of those that were known last still answers.
 *
 * <p>Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private static final int CLUSTER_ATTEMPTS = 3;

  private final RedisEndpoint endpoint;
  private final JedisClientConfig config;
  private final int connections;
  private final Duration patience;
  private final AtomicInteger timeouts = new AtomicInteger();
  private Set<HostAndPort> knownNodes = Set.of();
  private @Nullable Open open;
  private @Nullable ExecutorService nodeReaders;

  /**
   * @param nodes of a cluster; null of a single server
   */
  private record Open(UnifiedJedis client, @Nullable ClusterConnectionProvider nodes) {}

  RedisConnection(RedisOptions options) {
    this.endpoint = options.endpoint();
    this.connections = options.connections();
    this.patience = options.connectTimeout();
    this.config =
        DefaultJedisClientConfig.builder()
            .user(endpoint.user())
            .password(endpoint.password())
            .sslOptions(endpoint.tls() ? SslOptions.defaults() : null)
            .connectionTimeoutMillis(Math.toIntExact(options.connectTimeout().toMillis()))
            .socketTimeoutMillis(Math.toIntExact(options.responseTimeout().toMillis()))
            .clientName("tailwater")
            .build();
  }

  RedisEndpoint endpoint() {
    return endpoint;
  }

  /** The client, whose single commands are thread-safe. */
  UnifiedJedis client() {
    return open().client;
  }

  /** A pipeline of the client. For one thread. */
  AbstractPipeline pipelined() {
    Open current = open();
    return current.nodes == null
        ? current.client.pipelined()
        : new NodePipeline(current.nodes, nodeReaders());
  }

  private synchronized Open open() {
    if (open == null) {
      open = connect();
    }
    return open;
  }

  /** Says that a reply came. */
  void answered() {
    if (timeouts.get() != 0) {
      timeouts.set(0);
    }
  }

  /**
   * Says that a reply, or a connection, did not come in time. One is late now and then, and costs
   * its own connection alone. When none came since the last one, the server may have vanished with
   * the connections that wait here, each of which would cost a timeout when it is back: they are
   * thrown away. A cluster is asked for its nodes at once, since another one may have taken over.
   */
  void timedOut() {
    boolean again = timeouts.incrementAndGet() > 1;
    Open current = current();
    if (current == null) {
      return;
    }
    if (current.nodes != null) {
      current.nodes.getNodes().values().forEach(Pool::clear);
      current.nodes.renewSlotCache();
    } else if (again) {
      ((RedisClient) current.client).getPool().clear();
    }
  }

  private synchronized @Nullable Open current() {
    return open;
  }

  /** Closes {@code failed}, unless that was done already; the next use opens another one. */
  synchronized void replace(UnifiedJedis failed) {
    if (open != null && open.client == failed) {
      reset();
    }
  }

  /** Closes the client, if there is one; the next use opens another one. */
  synchronized void reset() {
    if (open != null) {
      if (open.nodes != null) {
        knownNodes =
            open.nodes.getNodes().keySet().stream().map(HostAndPort::from).collect(toSet());
      }
      open.client.close();
      open = null;
    }
  }

  @Override
  public synchronized void close() {
    reset();
    if (nodeReaders != null) {
      nodeReaders.shutdown();
      nodeReaders = null;
    }
  }

  /**
   * The threads that read what a cluster's nodes answer, each node its own. They outlive clients,
   * since others may be reading when one is replaced; left to itself Jedis starts and ends threads
   * for each pipeline. There are never more than connections.
   */
  private synchronized ExecutorService nodeReaders() {
    if (nodeReaders == null) {
      nodeReaders =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "tailwater-redis-node");
                thread.setDaemon(true);
                return thread;
              });
    }
    return nodeReaders;
  }

  private Open connect() {
    HostAndPort address = new HostAndPort(endpoint.host(), endpoint.port());
    if (endpoint.cluster()) {
      Set<HostAndPort> addresses = new HashSet<>(knownNodes);
      addresses.add(address);
      ClusterConnectionProvider nodes = new ClusterConnectionProvider(addresses, config, pool());
      return new Open(
          RedisClusterClient.builder()
              .nodes(addresses)
              .clientConfig(config)
              .connectionProvider(nodes)
              .maxAttempts(CLUSTER_ATTEMPTS)
              .build(),
          nodes);
    }
    return new Open(
        RedisClient.builder().hostAndPort(address).clientConfig(config).poolConfig(pool()).build(),
        null);
  }

  /**
   * Without the thread that tests idle connections: failed commands are repeated anyway, and
   * stopping that thread swallows interrupts, so that a writer could not be cancelled.
   */
  private GenericObjectPoolConfig<Connection> pool() {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(connections);
    pool.setMaxIdle(connections);
    pool.setMaxWait(patience);
    pool.setJmxEnabled(false);
    return pool;
  }
}
