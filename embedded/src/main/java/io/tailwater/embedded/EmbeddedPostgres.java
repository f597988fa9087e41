// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server on the loopback interface, with an empty database {@value #DATABASE} and
 * a superuser {@value #USER} who needs no password.
 *
 * <p>It never outlives this JVM, even one that is killed: a watchdog process ends it. Its data go
 * when it stops. The server's programs are unpacked once, into the system's place for temporary
 * files.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** Who may connect. */
  public static final String USER = "postgres";

  /** The database that is there. */
  public static final String DATABASE = "postgres";

  private static final String DATA = "data";
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TemporaryDirectory directory;
  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Watchdog watchdog;
  private final CloseAtExit closeAtExit;
  private boolean closed;

  private EmbeddedPostgres(
      TemporaryDirectory directory,
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server,
      Watchdog watchdog) {
    this.directory = directory;
    this.server = server;
    this.watchdog = watchdog;
    this.closeAtExit = CloseAtExit.register("postgres", this::close);
  }

  /**
   * Starts a server on a free port.
   *
   * @throws EmbeddedServiceException if it cannot run here
   */
  public static EmbeddedPostgres create() {
    TemporaryDirectory directory = TemporaryDirectory.create("tailwater-postgres-");
    try {
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server = start(directory.path());
      Watchdog watchdog = Watchdog.over(process(directory.path()), directory.path());
      LOG.info("PostgreSQL listens on {}:{}", Ports.LOOPBACK, server.getPort());
      return new EmbeddedPostgres(directory, server, watchdog);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw new EmbeddedServiceException(
          "PostgreSQL did not start: %s. Its programs are for Linux, macOS and Windows on x86-64."
              .formatted(e),
          e);
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres start(Path directory)
      throws IOException {
    return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
        .setPort(Ports.free())
        .setDataDirectory(directory.resolve(DATA))
        .setLocaleConfig("locale", "C")
        .setPGStartupWait(PATIENCE)
        .setRegisterShutdownHook(false)
        .start();
  }

  /**
   * The server's own process: a starter, which has ended, started it.
   *
   * @param directory its files
   */
  static ProcessHandle process(Path directory) throws IOException {
    Path file = directory.resolve(DATA).resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).get(0).trim());
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IOException("it has ended: no process %d".formatted(pid)));
  }

  /** Where it listens. */
  public String host() {
    return Ports.LOOPBACK;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** What a JDBC driver or Flink's {@code url} option takes, the user included. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host(), port(), DATABASE, USER);
  }

  /** Stops the server and deletes its data. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAtExit.cancel();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop", e);
    } finally {
      watchdog.stop();
      directory.close();
    }
  }

  /** Where its files are. */
  Path directory() {
    return directory.path();
  }
}
