// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The Redis server.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param username null without access control lists
 * @param password null without authentication
 * @param tls whether the connection is encrypted
 * @param cluster whether it is a Redis Cluster, of which this is a node
 * @param expireAfterMillis how long Redis keeps a key that is not written any more, positive; null
 *     for as long as the view needs
 * @param layout how vectors stand there
 */
public record RedisSettings(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    boolean tls,
    boolean cluster,
    @Nullable Long expireAfterMillis,
    LayoutKind layout) {
  /** Redis's own port. */
  public static final int DEFAULT_PORT = 6379;

  private static final int MAX_PORT = 65_535;

  public RedisSettings {
    requireNonNull(host, "host is null");
    requireNonNull(layout, "layout is null");
    if (host.isBlank() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("'%s:%d' is no HOST:PORT".formatted(host, port));
    }
    if (expireAfterMillis != null && expireAfterMillis <= 0) {
      throw new IllegalArgumentException(
          "expiry after %d ms is not positive".formatted(expireAfterMillis));
    }
  }

  /**
   * A server without authentication.
   *
   * @param hostAndPort {@code HOST:PORT}, {@code HOST} or {@code [IPV6]:PORT}
   * @throws IllegalArgumentException if it is none of these
   */
  public static RedisSettings of(String hostAndPort) {
    String text = requireNonNull(hostAndPort, "hostAndPort is null").strip();
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean hasPort = colon >= 0 && (!bracketed || text.charAt(colon - 1) == ']');
    String host = hasPort ? text.substring(0, colon) : text;
    if (bracketed) {
      host = host.replace("[", "").replace("]", "");
    } else if (host.contains(":") || host.contains("/")) {
      throw new IllegalArgumentException("'%s' is no HOST:PORT".formatted(text));
    }
    int port = hasPort ? portOf(text, text.substring(colon + 1)) : DEFAULT_PORT;
    return new RedisSettings(host, port, null, null, false, false, null, LayoutKind.NATIVE);
  }

  /** The same credentials at another server. */
  public RedisSettings withAddress(RedisSettings address) {
    return new RedisSettings(
        address.host(),
        address.port(),
        username,
        password,
        tls,
        cluster,
        expireAfterMillis,
        layout);
  }

  /** For people: the password is left out. */
  @Override
  public String toString() {
    return "RedisSettings[%s:%d, username=%s, password=%s, tls=%s, cluster=%s, expireAfterMillis=%s, layout=%s]"
        .formatted(
            host,
            port,
            username,
            password == null ? null : Secrets.REDACTED,
            tls,
            cluster,
            expireAfterMillis,
            layout);
  }

  private static int portOf(String text, String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no HOST:PORT".formatted(text), e);
    }
  }
}
