// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in a process of its own, on a free port of the loopback interface: one that
 * can be killed. Port and data stay over {@link #kill} and {@link #start}. It never outlives this
 * JVM. Thread-safe.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TemporaryDirectory directory;
  private final String bootstrap;
  private final Path properties;
  private final CloseAtExit closeAtExit;
  private @Nullable ChildProcess process;
  private boolean closed;

  private KafkaProcess(TemporaryDirectory directory, int port) {
    this.directory = directory;
    this.bootstrap = Ports.LOOPBACK + ":" + port;
    this.properties = directory.path().resolve("server.properties");
    this.closeAtExit = CloseAtExit.register("kafka process", this::close);
    Path log = directory.path().resolve("log");
    Properties settings = new Properties();
    settings.putAll(KafkaSettings.of(port, Ports.free(), log));
    try (Writer writer = Files.newBufferedWriter(properties)) {
      settings.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KafkaSettings.format(log);
  }

  /**
   * Starts a broker on a free port.
   *
   * @throws EmbeddedServiceException if it does not start
   */
  public static KafkaProcess create() {
    KafkaProcess kafka =
        new KafkaProcess(TemporaryDirectory.create("tailwater-kafka-"), Ports.free());
    try {
      kafka.start();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /** The address for clients, {@code host:port}. */
  public String bootstrap() {
    return bootstrap;
  }

  /** Starts the broker again after {@link #kill}, and returns when it answers. */
  public synchronized void start() {
    if (closed) {
      throw new IllegalStateException("the broker is closed");
    }
    if (process != null && process.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String logging = System.getProperty("log4j2.configurationFile");
    if (logging != null) {
      command.add("-Dlog4j2.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "kafka.Kafka"));
    command.add(properties.toString());
    process = ChildProcess.start("kafka", directory.path(), Map.of(), command);
    process.awaitReady(PATIENCE, () -> KafkaTopics.answers(bootstrap));
  }

  /** The broker's process, to be halted. */
  public synchronized ChildProcess process() {
    if (process == null) {
      throw new IllegalStateException("the broker does not run");
    }
    return process;
  }

  /** Kills the broker as a crash does, and waits for its end. */
  public synchronized void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /**
   * Creates a topic and waits until it is there.
   *
   * @throws EmbeddedServiceException if it exists or the broker refuses it
   */
  public void createTopic(String name, int partitions) {
    KafkaTopics.create(bootstrap, name, partitions, Map.of());
  }

  /** Stops the broker and deletes its data. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAtExit.cancel();
    kill();
    directory.close();
  }

  /** Where its files are. */
  Path directory() {
    return directory.path();
  }
}
