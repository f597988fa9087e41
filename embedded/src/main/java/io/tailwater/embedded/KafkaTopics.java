// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** What is asked of a broker through its own client. Thread-safe. */
public final class KafkaTopics {
  private static final long TIMEOUT_SECONDS = 30;
  private static final long PAUSE_MILLIS = 10;
  private static final int PROBE_MILLIS = 2_000;

  private KafkaTopics() {}

  /** Whether the broker has started. */
  static boolean answers(String bootstrap) {
    int port = Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1));
    try (Socket socket = new Socket()) {
      // Where nobody listens yet a client would complain in the log.
      socket.connect(Ports.loopback(port), PROBE_MILLIS);
    } catch (IOException e) {
      return false;
    }
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PROBE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PROBE_MILLIS))) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Creates a topic and waits until it is there.
   *
   * @param bootstrap the broker's address
   * @param settings as in {@link org.apache.kafka.common.config.TopicConfig}
   * @throws EmbeddedServiceException if it exists or the broker refuses it
   */
  public static void create(
      String bootstrap, String name, int partitions, Map<String, String> settings) {
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
}
