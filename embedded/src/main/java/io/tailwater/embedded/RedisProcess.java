// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running redis-server and its watchdog. */
final class RedisProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PING_TIMEOUT_MILLIS = 1_000;
  private static final byte[] PING = "PING\r\n".getBytes(US_ASCII);
  private static final byte[] PONG = "+PONG\r\n".getBytes(US_ASCII);

  private final Process server;
  private final Watchdog watchdog;

  private RedisProcess(Process server, Watchdog watchdog) {
    this.server = server;
    this.watchdog = watchdog;
  }

  /**
   * Runs the program and returns when it answers.
   *
   * @param directory what goes with the server if this JVM is killed
   * @throws IOException if it does not run or ends before it answers, with its last words
   */
  static RedisProcess start(Path program, Path directory, int port, List<String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(settings);
    Path output = Files.createTempFile("tailwater-redis-", ".log");
    try {
      Process server =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      RedisProcess process = new RedisProcess(server, Watchdog.over(server.toHandle(), directory));
      process.awaitReady(port, output);
      LOG.info("redis-server {} listens on {}:{}", server.pid(), Ports.LOOPBACK, port);
      return process;
    } finally {
      // The server keeps writing to the open file; nobody reads it once the server answers.
      Files.deleteIfExists(output);
    }
  }

  boolean isAlive() {
    return server.isAlive();
  }

  /** Lets the server do nothing, not even end, until {@link #resume}. */
  void pause() {
    signal("STOP");
  }

  /** Lets a paused server go on. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
              .redirectErrorStream(true)
              .start();
      String output = new String(kill.getInputStream().readAllBytes(), UTF_8);
      if (kill.waitFor() != 0) {
        throw new EmbeddedServiceException(
            "redis-server %d takes no SIG%s: %s".formatted(server.pid(), name, output.strip()));
      }
    } catch (IOException e) {
      throw new EmbeddedServiceException("No program 'kill' here: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServiceException("Interrupted while sending SIG" + name, e);
    }
  }

  void stop() {
    server.destroy();
    if (!awaitEnd()) {
      LOG.warn("redis-server {} ignored SIGTERM for {}: killed", server.pid(), PATIENCE);
      kill();
    }
    watchdog.stop();
  }

  void kill() {
    server.destroyForcibly();
    if (!awaitEnd()) {
      throw new EmbeddedServiceException(
          "redis-server %d cannot be killed".formatted(server.pid()));
    }
    watchdog.stop();
  }

  private boolean awaitEnd() {
    try {
      return server.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void awaitReady(int port, Path output) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(port)) {
      if (!server.isAlive()) {
        watchdog.stop();
        throw new IOException(
            "ended with exit code %d: %s".formatted(server.exitValue(), lastWords(output)));
      }
      if (System.nanoTime() - deadline > 0) {
        kill();
        throw new IOException("no answer for %s: %s".formatted(PATIENCE, lastWords(output)));
      }
      waitALittle();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.loopback(port), PING_TIMEOUT_MILLIS);
      socket.setSoTimeout(PING_TIMEOUT_MILLIS);
      socket.getOutputStream().write(PING);
      // While it loads its data the server answers -LOADING: not ready yet.
      return Arrays.equals(socket.getInputStream().readNBytes(PONG.length), PONG);
    } catch (IOException e) {
      LOG.debug("redis-server does not answer on port {} yet: {}", port, e.toString());
      return false;
    }
  }

  private void waitALittle() {
    try {
      server.waitFor(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new EmbeddedServiceException("Interrupted while redis-server started", e);
    }
  }

  private static String lastWords(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output, UTF_8);
    return lines.isEmpty()
        ? "it said nothing"
        : String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }
}
