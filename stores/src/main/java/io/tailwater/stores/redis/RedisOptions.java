// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.definitions.settings.RedisSettings;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to read from Redis and write to it.
 *
 * @param endpoint the server
 * @param connectTimeout how long one attempt to connect may take, and the wait for a connection
 *     that others use; more than 0
 * @param responseTimeout how long one reply may take; more than 0
 * @param connections how many a client holds open at most, to each node of a cluster; at least 1
 * @param batchSize how many vectors one pipeline carries at most; at least 1
 * @param linger how long a vector waits for others before it is sent, once there is traffic; the
 *     first one after a pause of this length is sent at once. 0 sends each by itself
 * @param giveUpAfter how long a Redis may refuse or not answer before the writer fails
 * @param expireAfter a vector's key is deleted this long after it was last written: garbage
 *     collection, so it must be longer than the view's ttl and allowed lateness together; null for
 *     never
 * @param layout how the vectors stand there
 */
public record RedisOptions(
    RedisEndpoint endpoint,
    Duration connectTimeout,
    Duration responseTimeout,
    int connections,
    int batchSize,
    Duration linger,
    Duration giveUpAfter,
    @Nullable Duration expireAfter,
    LayoutKind layout)
    implements Serializable {

  public RedisOptions {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(layout, "layout is null");
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("responseTimeout", responseTimeout);
    requireAtLeastOne("connections", connections);
    requireAtLeastOne("batchSize", batchSize);
    requireNotNegative("linger", linger);
    requireNotNegative("giveUpAfter", giveUpAfter);
    if (expireAfter != null) {
      requirePositive("expireAfter", expireAfter);
    }
  }

  /**
   * 8 connections, batches of up to 500, 10 ms of linger, 2 s for a connection or reply, 5 minutes
   * of patience.
   */
  public static RedisOptions of(RedisEndpoint endpoint) {
    return new RedisOptions(
        endpoint,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        8,
        500,
        Duration.ofMillis(10),
        Duration.ofMinutes(5),
        null,
        LayoutKind.NATIVE);
  }

  /** {@link #of(RedisEndpoint)} a single server without password and TLS. */
  public static RedisOptions of(String host, int port) {
    return of(RedisEndpoint.of(host, port));
  }

  /** {@link #of(RedisEndpoint)} the server of a project. */
  public static RedisOptions of(RedisSettings settings) {
    Long expireAfter = settings.expireAfterMillis();
    return of(RedisEndpoint.of(settings))
        .withExpireAfter(expireAfter == null ? null : Duration.ofMillis(expireAfter))
        .withLayout(settings.layout());
  }

  /** The same with other timeouts. */
  public RedisOptions withTimeouts(Duration connect, Duration response) {
    return new RedisOptions(
        endpoint,
        connect,
        response,
        connections,
        batchSize,
        linger,
        giveUpAfter,
        expireAfter,
        layout);
  }

  /** The same with another number of connections. */
  public RedisOptions withConnections(int newConnections) {
    return new RedisOptions(
        endpoint,
        connectTimeout,
        responseTimeout,
        newConnections,
        batchSize,
        linger,
        giveUpAfter,
        expireAfter,
        layout);
  }

  /** The same with batches of another size and patience. */
  public RedisOptions withBatches(int newBatchSize, Duration newLinger) {
    return new RedisOptions(
        endpoint,
        connectTimeout,
        responseTimeout,
        connections,
        newBatchSize,
        newLinger,
        giveUpAfter,
        expireAfter,
        layout);
  }

  /** The same, giving up after another time. */
  public RedisOptions withGiveUpAfter(Duration newGiveUpAfter) {
    return new RedisOptions(
        endpoint,
        connectTimeout,
        responseTimeout,
        connections,
        batchSize,
        linger,
        newGiveUpAfter,
        expireAfter,
        layout);
  }

  /** The same with keys that expire; null for keys that do not. */
  public RedisOptions withExpireAfter(@Nullable Duration newExpireAfter) {
    return new RedisOptions(
        endpoint,
        connectTimeout,
        responseTimeout,
        connections,
        batchSize,
        linger,
        giveUpAfter,
        newExpireAfter,
        layout);
  }

  /** The same in another layout. */
  public RedisOptions withLayout(LayoutKind newLayout) {
    return new RedisOptions(
        endpoint,
        connectTimeout,
        responseTimeout,
        connections,
        batchSize,
        linger,
        giveUpAfter,
        expireAfter,
        newLayout);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1 but is %d".formatted(name, value));
    }
  }

  private static void requirePositive(String name, Duration value) {
    requireNonNull(value, () -> name + " is null");
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s must be at least 1 ms but is %s".formatted(name, value));
    }
  }

  private static void requireNotNegative(String name, Duration value) {
    requireNonNull(value, () -> name + " is null");
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s must not be negative but is %s".formatted(name, value));
    }
  }
}
