// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs in a process of its own and never outlives this JVM, even one that is killed:
 * a watchdog ends it. What it prints goes to a file in its directory. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LAST_LINES = 20;

  private final String name;
  private final Process process;
  private final Watchdog watchdog;
  private final Path output;

  private ChildProcess(String name, Process process, Watchdog watchdog, Path output) {
    this.name = name;
    this.process = process;
    this.watchdog = watchdog;
    this.output = output;
  }

  /**
   * Starts a program.
   *
   * @param name of the process, for messages and its file of output
   * @param directory its working directory; deleted if this JVM is killed
   * @param environment variables over those of this process
   * @throws EmbeddedServiceException if it cannot be run
   */
  public static ChildProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    requireNonNull(name, "name is null");
    CloseAtExit.requireRunningJvm();
    Path output = directory.resolve(name + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      return new ChildProcess(name, process, Watchdog.over(process.toHandle(), directory), output);
    } catch (IOException e) {
      throw new EmbeddedServiceException("%s did not start: %s".formatted(name, e), e);
    }
  }

  /** What it printed, this time and before. */
  public Path output() {
    return output;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Returns when a condition holds.
   *
   * @throws EmbeddedServiceException if the process ends before, or it takes too long
   */
  public void awaitReady(Duration patience, BooleanSupplier ready) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new EmbeddedServiceException(
            "%s ended with exit code %d: %s".formatted(name, process.exitValue(), lastWords()));
      }
      if (System.nanoTime() > deadline) {
        throw new EmbeddedServiceException(
            "%s is not ready after %s: %s".formatted(name, patience, lastWords()));
      }
      awaitEnd(Duration.ofMillis(50));
    }
  }

  /**
   * Waits for its end and returns its exit code.
   *
   * @throws EmbeddedServiceException if it takes too long; the process is killed then
   */
  public int exitCode(Duration patience) {
    if (!awaitEnd(patience)) {
      kill();
      throw new EmbeddedServiceException(
          "%s has not ended after %s: %s".formatted(name, patience, lastWords()));
    }
    return process.exitValue();
  }

  /** Kills it as a crash does, SIGKILL, and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    if (!awaitEnd(PATIENCE)) {
      throw new EmbeddedServiceException(
          "%s, process %d, cannot be killed".formatted(name, process.pid()));
    }
    watchdog.stop();
  }

  /** Halts it, SIGSTOP, until {@link #resume}: alive for the system, dead for its peers. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets it go on after {@link #suspend}. */
  public void resume() {
    signal("CONT");
  }

  /** Ends it, at first gently. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(PATIENCE)) {
      LOG.warn("{}, process {}, ignored SIGTERM for {}: killed", name, process.pid(), PATIENCE);
    }
    kill();
  }

  /** The end of what it printed. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(output, UTF_8);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "nobody knows what it said (%s)".formatted(e);
    }
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start();
      if (!kill.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
        throw new EmbeddedServiceException(
            "%s, process %d, took no SIG%s".formatted(name, process.pid(), signal));
      }
    } catch (IOException e) {
      throw new EmbeddedServiceException("cannot run 'kill': %s".formatted(e), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean awaitEnd(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private EmbeddedServiceException interrupted(InterruptedException e) {
    process.destroyForcibly();
    Thread.currentThread().interrupt();
    return new EmbeddedServiceException("Interrupted while waiting for " + name, e);
  }
}
