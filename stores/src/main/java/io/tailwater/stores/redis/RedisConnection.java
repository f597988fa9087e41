// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/**
 * Jedis clients for an endpoint, one at a time: {@link #replace} and {@link #reset} make the next
 * use a new one, which connects, resolves the name and asks for the cluster's nodes again.
 *
 * <p>Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private static final int CLUSTER_ATTEMPTS = 3;

  private final RedisEndpoint endpoint;
  private final JedisClientConfig config;
  private final int connections;
  private final Duration patience;
  private @Nullable UnifiedJedis client;
  private @Nullable ExecutorService nodeReaders;

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
  synchronized UnifiedJedis client() {
    if (client == null) {
      client = connect();
    }
    return client;
  }

  /** A pipeline of {@code of}, which is this one's client or was. For one thread. */
  AbstractPipeline pipelined(UnifiedJedis of) {
    return of instanceof RedisClusterClient cluster
        ? cluster.pipelined(nodeReaders())
        : of.pipelined();
  }

  /** Closes {@code failed}, unless that was done already; the next use opens another one. */
  synchronized void replace(UnifiedJedis failed) {
    if (client == failed) {
      reset();
    }
  }

  /** Closes the client, if there is one; the next use opens another one. */
  synchronized void reset() {
    if (client != null) {
      client.close();
      client = null;
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

  private UnifiedJedis connect() {
    HostAndPort address = new HostAndPort(endpoint.host(), endpoint.port());
    if (endpoint.cluster()) {
      return RedisClusterClient.builder()
          .nodes(Set.of(address))
          .clientConfig(config)
          .poolConfig(pool())
          .maxAttempts(CLUSTER_ATTEMPTS)
          .build();
    }
    return RedisClient.builder()
        .hostAndPort(address)
        .clientConfig(config)
        .poolConfig(pool())
        .build();
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
