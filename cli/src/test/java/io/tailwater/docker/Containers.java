// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.definitions.settings.RedisSettings;
import java.io.IOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka and Redis as others ship them, in containers: of the images of {@code docker/compose.yaml},
 * or of those that {@code -Dtailwater.kafka.image=…} and {@code -Dtailwater.redis.image=…} name.
 */
final class Containers implements AutoCloseable {
  private static final int REDIS_PORT = 6379;
  private static final String PASSWORD = "a password of this test";

  private final KafkaContainer kafka;
  private final GenericContainer<?> redis;

  /** Starts both; ends the test as skipped, with the reason, where no Docker engine answers. */
  Containers() throws IOException {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers, neither at DOCKER_HOST nor at /var/run/docker.sock");
    kafka =
        new KafkaContainer(
            image("tailwater.kafka.image", "kafka").asCompatibleSubstituteFor("apache/kafka"));
    redis =
        new GenericContainer<>(image("tailwater.redis.image", "redis"))
            .withCommand("redis-server", "--requirepass", PASSWORD)
            .withExposedPorts(REDIS_PORT);
    try {
      kafka.start();
      redis.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The broker's address. */
  String bootstrap() {
    return kafka.getBootstrapServers();
  }

  /** How to come to Redis. */
  RedisSettings redis() {
    return new RedisSettings(
        redis.getHost(),
        redis.getMappedPort(REDIS_PORT),
        /* username= */ null,
        PASSWORD,
        /* tls= */ false,
        /* cluster= */ false,
        /* expireAfterMillis= */ null,
        LayoutKind.NATIVE);
  }

  @Override
  public void close() {
    redis.stop();
    kafka.stop();
  }

  private static DockerImageName image(String property, String service) throws IOException {
    String configured = System.getProperty(property);
    return DockerImageName.parse(configured == null ? DockerFolder.imageOf(service) : configured);
  }
}
