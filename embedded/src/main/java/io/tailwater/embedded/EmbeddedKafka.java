// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker with its KRaft controller in this process, on free ports of the loopback
 * interface. Records are never deleted by age, whatever their timestamps claim.
 *
 * <p>Thread-safe. {@link #stop()} and {@link #start()} keep port and data, as an outage does.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;
  private static final long PAUSE_MILLIS = 10;

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
    requireNonNull(name, "name is null");
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrap))) {
      admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      awaitLeaders(admin, name, partitions);
    } catch (ExecutionException | TimeoutException e) {
      throw new EmbeddedServiceException(
          "Topic '%s' was not created at %s: %s".formatted(name, bootstrap, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServiceException("Interrupted while creating topic '" + name + "'", e);
    }
  }

  /**
   * Waits until every partition answers. A topic is created before its partitions have leaders, and
   * a producer that comes too early may hold batches back until they expire, two minutes later.
   */
  private static void awaitLeaders(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!answer(admin, ends)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("its partitions do not answer");
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean answer(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      admin.listOffsets(ends).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw e;
    }
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
