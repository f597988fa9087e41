// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topic of a source's dead letters, where brokers do not create topics themselves. */
public final class DeadLetterTopic {
  private static final int TIMEOUT_MS = 15_000;

  private DeadLetterTopic() {}

  /**
   * Creates the topic of dead letters, with the broker's default partitions and replication, unless
   * it is there.
   *
   * @param clientProperties Kafka's, {@code bootstrap.servers} among them
   * @throws DeadLetterException if the broker refuses or is not reached within 15 seconds, or
   *     within {@code default.api.timeout.ms} if given
   */
  public static void create(Map<String, String> clientProperties, String topic) {
    requireNonNull(topic, "topic is null");
    create(clientProperties, new NewTopic(topic, Optional.empty(), Optional.empty()));
  }

  /**
   * Creates a topic of one partition, of which Kafka keeps the last record of each key, unless it
   * is there.
   *
   * @param clientProperties as above
   * @throws DeadLetterException as above
   */
  public static void createCompacted(Map<String, String> clientProperties, String topic) {
    requireNonNull(topic, "topic is null");
    create(
        clientProperties,
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  private static void create(Map<String, String> clientProperties, NewTopic newTopic) {
    String topic = newTopic.name();
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(List.of(newTopic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure(topic, clientProperties, e.getCause() == null ? e : e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(topic, clientProperties, e);
    }
  }

  private static DeadLetterException failure(
      String name, Map<String, String> clientProperties, Throwable cause) {
    return new DeadLetterException(
        "Cannot create the topic '%s' at %s: %s; check that the broker runs and that this client may create topics, or create it by hand"
            .formatted(
                name,
                clientProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                cause.getMessage()),
        cause);
  }
}
