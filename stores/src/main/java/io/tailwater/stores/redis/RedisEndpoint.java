// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.RedisSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis listens, and how to be let in.
 *
 * @param host name or address; of a cluster, any of its nodes
 * @param port 1 to 65535
 * @param user the ACL user; null for the default one
 * @param password null if there is none; never shown by {@link #toString()}
 * @param tls whether to connect by TLS, with the JVM's trust store, checking the host's name
 * @param cluster whether it is a Redis Cluster
 */
public record RedisEndpoint(
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    boolean tls,
    boolean cluster)
    implements Serializable {

  /** The port where none is named. */
  public static final int DEFAULT_PORT = 6379;

  private static final int MAX_PORT = 65535;

  public RedisEndpoint {
    requireNonNull(host, "host is null");
    if (host.isBlank()) {
      throw new IllegalArgumentException("Redis host is blank");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("Redis port must be 1 to 65535 but is %d".formatted(port));
    }
    if (user != null && password == null) {
      throw new IllegalArgumentException("Redis user '%s' has no password".formatted(user));
    }
  }

  /** A single server without password and TLS. */
  public static RedisEndpoint of(String host, int port) {
    return new RedisEndpoint(host, port, null, null, false, false);
  }

  /** The server of a project. */
  public static RedisEndpoint of(RedisSettings settings) {
    return new RedisEndpoint(
        settings.host(),
        settings.port(),
        settings.username(),
        settings.password(),
        settings.tls(),
        settings.cluster());
  }

  /**
   * A single server written as {@code HOST}, {@code HOST:PORT} or {@code [IPv6]:PORT}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static RedisEndpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= text.lastIndexOf(']')) {
      return of(withoutBrackets(text), DEFAULT_PORT);
    }
    String port = text.substring(colon + 1);
    if (!port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("'%s' is not HOST:PORT".formatted(text));
    }
    return of(withoutBrackets(text.substring(0, colon)), Integer.parseInt(port));
  }

  /** The same with credentials; {@code user} is null for the default one. */
  public RedisEndpoint withCredentials(@Nullable String newUser, String newPassword) {
    return new RedisEndpoint(host, port, newUser, newPassword, tls, cluster);
  }

  /** The same by TLS. */
  public RedisEndpoint withTls() {
    return new RedisEndpoint(host, port, user, password, true, cluster);
  }

  /** The same as a node of a Redis Cluster. */
  public RedisEndpoint asCluster() {
    return new RedisEndpoint(host, port, user, password, tls, true);
  }

  /** For messages: {@code host:port}, with user and scheme where they matter, without password. */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "")
        + (user == null ? "" : user + "@")
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + port
        + (cluster ? " (cluster)" : "");
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
