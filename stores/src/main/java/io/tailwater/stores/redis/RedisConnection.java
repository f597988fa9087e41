// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.time.Duration;
import java.util.Set;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;

/**
 * Jedis clients for an endpoint, one at a time: {@link #replace} makes the next use a new one,
 * which connects, resolves the name and asks for the cluster's nodes again.
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

  /** Closes {@code failed}, unless that was done already; the next use opens another one. */
  synchronized void replace(UnifiedJedis failed) {
    if (client == failed) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
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
