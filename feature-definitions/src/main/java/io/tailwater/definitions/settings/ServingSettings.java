// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The feature server.
 *
 * @param host the address it listens on
 * @param port 0 to 65535; 0 for any free one
 * @param tokens one of which a client must bring as a bearer token; empty for none
 * @param maxBodyBytes how long the body of a request may be
 * @param maxRows how many rows of entities a request may have
 * @param threads how many requests are answered at once; as many connections to Redis there are
 * @param redisTimeoutMillis how long one connection to Redis, or one reply, may take
 * @param requestTimeoutMillis how long Redis may take for all that one request needs of it
 * @param maxLagMillis how far a view's job may be behind before its values are reported as stale
 */
public record ServingSettings(
    String host,
    int port,
    List<String> tokens,
    int maxBodyBytes,
    int maxRows,
    int threads,
    long redisTimeoutMillis,
    long requestTimeoutMillis,
    long maxLagMillis) {
  /** This machine only, at the port of Feast's server. */
  public static final ServingSettings DEFAULT =
      new ServingSettings("127.0.0.1", 6566, List.of(), 1 << 20, 1_000, 64, 250, 500, 60_000);

  private static final int MAX_PORT = 65_535;
  private static final int MIN_THREADS = 8;

  public ServingSettings {
    requireNonNull(host, "host is null");
    tokens = List.copyOf(tokens);
    if (host.isBlank() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "'%s:%d' is no address to listen on".formatted(host, port));
    }
    if (tokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a token is blank: anybody has that one");
    }
    requireAtLeast(1, "max_body_bytes", maxBodyBytes);
    requireAtLeast(1, "max_rows", maxRows);
    requireAtLeast(MIN_THREADS, "threads", threads);
    requireAtLeast(1, "redis_timeout", redisTimeoutMillis);
    requireAtLeast(1, "request_timeout", requestTimeoutMillis);
    requireAtLeast(0, "max_lag", maxLagMillis);
  }

  /** The same at another address. */
  public ServingSettings withAddress(String newHost, int newPort) {
    return new ServingSettings(
        newHost,
        newPort,
        tokens,
        maxBodyBytes,
        maxRows,
        threads,
        redisTimeoutMillis,
        requestTimeoutMillis,
        maxLagMillis);
  }

  /** The same for clients with one of these tokens. */
  public ServingSettings withTokens(List<String> newTokens) {
    return new ServingSettings(
        host,
        port,
        newTokens,
        maxBodyBytes,
        maxRows,
        threads,
        redisTimeoutMillis,
        requestTimeoutMillis,
        maxLagMillis);
  }

  /** The same with other limits on a request. */
  public ServingSettings withLimits(int newMaxBodyBytes, int newMaxRows) {
    return new ServingSettings(
        host,
        port,
        tokens,
        newMaxBodyBytes,
        newMaxRows,
        threads,
        redisTimeoutMillis,
        requestTimeoutMillis,
        maxLagMillis);
  }

  /** The same with so many threads. */
  public ServingSettings withThreads(int newThreads) {
    return new ServingSettings(
        host,
        port,
        tokens,
        maxBodyBytes,
        maxRows,
        newThreads,
        redisTimeoutMillis,
        requestTimeoutMillis,
        maxLagMillis);
  }

  /** The same with other timeouts, in milliseconds. */
  public ServingSettings withTimeouts(long newRedisTimeout, long newRequestTimeout) {
    return new ServingSettings(
        host,
        port,
        tokens,
        maxBodyBytes,
        maxRows,
        threads,
        newRedisTimeout,
        newRequestTimeout,
        maxLagMillis);
  }

  /** For people: the tokens are left out. */
  @Override
  public String toString() {
    return "ServingSettings[%s:%d, tokens=%s, maxBodyBytes=%d, maxRows=%d, threads=%d, redisTimeoutMillis=%d, requestTimeoutMillis=%d, maxLagMillis=%d]"
        .formatted(
            host,
            port,
            tokens.isEmpty() ? "none" : Secrets.REDACTED,
            maxBodyBytes,
            maxRows,
            threads,
            redisTimeoutMillis,
            requestTimeoutMillis,
            maxLagMillis);
  }

  private static void requireAtLeast(long least, String key, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d but is %d".formatted(key, least, value));
    }
  }
}
