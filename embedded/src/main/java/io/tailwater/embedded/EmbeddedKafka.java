// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker with its KRaft controller in this process, on free ports of the loopback
 * interface. Records are never deleted by age, whatever their timestamps claim.
 *
 * <p>Thread-safe. {@link #stop()} and {@link #start()} keep port and data, as an outage does.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private final TemporaryDirectory directory;
  private final KafkaConfig config;
  private final String bootstrap;
  private final CloseAtExit closeAtExit;
  private @Nullable KafkaRaftServer server;
  private boolean closed;

  private EmbeddedKafka(TemporaryDirectory directory, int port) {
    this.directory = directory;
    this.bootstrap = Ports.LOOPBACK + ":" + port;
    Path log = directory.path().resolve("log");
    this.config = new KafkaConfig(KafkaSettings.of(port, Ports.free(), log), /* doLog= */ false);
    this.closeAtExit = CloseAtExit.register("kafka", this::close);
    KafkaSettings.format(log);
  }

  /**
   * Starts a broker on a free port.
   *
   * @throws EmbeddedServiceException if it does not start
   */
  public static EmbeddedKafka create() {
    return create(Ports.free());
  }

  /**
   * Starts a broker on {@code port}.
   *
   * @throws EmbeddedServiceException if the port is in use or the broker does not start
   */
  public static EmbeddedKafka create(int port) {
    Ports.requireFree("Kafka", port);
    EmbeddedKafka kafka = new EmbeddedKafka(TemporaryDirectory.create("tailwater-kafka-"), port);
    try {
      kafka.start();
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    return kafka;
  }

  /** The address for clients, {@code host:port}; it stays the same over stop and start. */
  public String bootstrap() {
    return bootstrap;
  }

  /** Starts the broker again after {@link #stop()}; does nothing if it runs. */
  public synchronized void start() {
    if (closed) {
      throw new IllegalStateException("the broker is closed");
    }
    if (server != null) {
      return;
    }
    KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw new EmbeddedServiceException(
          "The Kafka broker at %s did not start: %s".formatted(bootstrap, e), e);
    }
    server = starting;
  }

  /** Stops the broker and keeps its port and data; does nothing if it does not run. */
  public synchronized void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /**
   * Creates a topic and waits until it is there.
   *
   * @throws EmbeddedServiceException if it exists or the broker refuses it
   */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Creates a topic with settings of its own and waits until it is there.
   *
   * @param settings as in {@link org.apache.kafka.common.config.TopicConfig}
   * @throws EmbeddedServiceException if it exists or the broker refuses it
   */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    KafkaTopics.create(bootstrap, name, partitions, settings);
  }

  /** Stops the broker and deletes its data. */
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
}
