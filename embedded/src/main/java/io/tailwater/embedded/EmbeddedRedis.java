// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real redis-server process on the loopback interface.
 *
 * <p>It never outlives this JVM, even one that is killed: a watchdog process ends it. By default
 * its data go when it stops; a durable one keeps them over {@link #stop()} and {@link #start()}.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {
  /** Whether data outlive a stop. */
  public enum Durability {
    /** A stop loses all data. */
    NONE,
    /** Data are kept from stop to start, and go with {@link #close()}. */
    UNTIL_CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

  /** A free port may be another process's before Redis has it. */
  private static final int ATTEMPTS = 3;

  /** A node of a cluster has another port this far above its own. */
  private static final int BUS = 10_000;

  private static final int MAX_PORT = 65_535;

  private final int port;
  private final Durability durability;
  private final boolean clusterNode;
  private final TemporaryDirectory directory;
  private final CloseAtExit closeAtExit;
  private @Nullable RedisProcess process;
  private boolean paused;
  private boolean closed;

  private EmbeddedRedis(int port, Durability durability, boolean clusterNode) {
    this.port = port;
    this.durability = durability;
    this.clusterNode = clusterNode;
    this.directory = TemporaryDirectory.create("tailwater-redis-");
    this.closeAtExit = CloseAtExit.register("redis", this::close);
  }

  /**
   * Starts a server on a free port that keeps nothing when it stops.
   *
   * @throws EmbeddedServiceException if it cannot run here
   */
  public static EmbeddedRedis create() {
    return create(Durability.NONE);
  }

  /**
   * Starts a server on a free port.
   *
   * @throws EmbeddedServiceException if it cannot run here
   */
  public static EmbeddedRedis create(Durability durability) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return create(Ports.free(), durability);
      } catch (EmbeddedServiceException e) {
        LOG.info("Another port for Redis, if this one was taken meanwhile", e);
      }
    }
    return create(Ports.free(), durability);
  }

  /**
   * Starts a server.
   *
   * @throws EmbeddedServiceException if the port is in use or the server cannot run here
   */
  public static EmbeddedRedis create(int port, Durability durability) {
    return create(port, durability, /* clusterNode= */ false);
  }

  /**
   * Starts a node of a cluster on a free port. It has no slots and knows no other node, until
   * somebody tells it; what it was told, and its data, are kept from stop to start.
   *
   * @throws EmbeddedServiceException if it cannot run here
   */
  public static EmbeddedRedis createClusterNode() {
    int port = Ports.free();
    while (port + BUS > MAX_PORT) {
      port = Ports.free();
    }
    return create(port, Durability.UNTIL_CLOSED, /* clusterNode= */ true);
  }

  private static EmbeddedRedis create(int port, Durability durability, boolean clusterNode) {
    requireNonNull(durability, "durability is null");
    Ports.requireFree("Redis", port);
    EmbeddedRedis redis = new EmbeddedRedis(port, durability, clusterNode);
    try {
      redis.start();
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
    return redis;
  }

  /** Where it listens. */
  public String host() {
    return Ports.LOOPBACK;
  }

  /** The port it listens on; it stays the same over stop and start. */
  public int port() {
    return port;
  }

  /** {@code host:port}. */
  public String address() {
    return host() + ":" + port;
  }

  /**
   * Starts the server again after {@link #stop()}, and returns when it answers; does nothing if it
   * runs.
   *
   * @throws EmbeddedServiceException if something else took the port meanwhile
   */
  public synchronized void start() {
    if (closed) {
      throw new IllegalStateException("the server is closed");
    }
    if (process != null && process.isAlive()) {
      return;
    }
    Ports.requireFree("Redis", port);
    process = RedisBinary.start(directory.path(), port, settings());
  }

  /**
   * Lets the server be silent, as one that hangs: connections are made, and nothing is answered.
   *
   * @throws EmbeddedServiceException if this system cannot do that
   */
  public synchronized void pause() {
    if (process == null) {
      throw new IllegalStateException("the server does not run");
    }
    process.pause();
    paused = true;
  }

  /** Lets a paused server answer what it was asked, and go on; does nothing if it is not paused. */
  public synchronized void resume() {
    if (paused && process != null) {
      process.resume();
    }
    paused = false;
  }

  /** Stops the server as SIGTERM does and waits for its end; does nothing if it does not run. */
  public synchronized void stop() {
    resume();
    if (process != null) {
      process.stop();
      process = null;
    }
  }

  /** Kills the server as a crash does and waits for its end; does nothing if it does not run. */
  public synchronized void kill() {
    if (process != null) {
      process.kill();
      process = null;
      paused = false;
    }
  }

  /** Stops the server and deletes its data. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAtExit.cancel();
    stop();
    directory.close();
  }

  /** Where its files are. */
  Path directory() {
    return directory.path();
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("--bind", host()));
    settings.addAll(List.of("--port", Integer.toString(port)));
    settings.addAll(List.of("--dir", directory.path().toString()));
    settings.addAll(List.of("--save", ""));
    settings.addAll(List.of("--appendonly", durability == Durability.UNTIL_CLOSED ? "yes" : "no"));
    if (clusterNode) {
      settings.addAll(List.of("--cluster-enabled", "yes"));
      settings.addAll(List.of("--cluster-config-file", "nodes.conf"));
    }
    return settings;
  }
}
