// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.embedded.EmbeddedRedis.Durability;
import io.tailwater.embedded.Ports;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** The real services of a demo. */
final class DemoServices implements AutoCloseable {
  /** How many parallel pipelines the job has: as many as there are cores on a small machine. */
  static final int PARALLELISM = 2;

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final EmbeddedKafka kafka;
  private final EmbeddedRedis redis;
  private final EmbeddedFlink flink;

  /**
   * Starts them all, or none.
   *
   * @throws io.tailwater.embedded.EmbeddedServiceException if one does not start
   */
  DemoServices(DemoPorts wanted) {
    DemoPorts ports = wanted.chosen();
    Ports.requireFree("Flink's web UI", ports.web());
    try {
      redis = opened(EmbeddedRedis.create(ports.redis(), Durability.NONE));
      kafka = opened(EmbeddedKafka.create(ports.kafka()));
      flink = opened(EmbeddedFlink.create(PARALLELISM, flinkSettings(ports.web())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  EmbeddedFlink flink() {
    return flink;
  }

  /** Stops what was started, the last one first. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable service = started.pop();
      try {
        service.close();
      } catch (Exception e) {
        throw new IllegalStateException("a service that cannot be closed: " + service, e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T service) {
    started.push(service);
    return service;
  }

  private static Configuration flinkSettings(int webPort) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    return settings;
  }
}
