// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import java.nio.file.Path;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/**
 * A job's endpoints as its settings name them. Each method throws IllegalArgumentException where
 * the setting is missing, saying which and where to give it.
 */
public record Endpoints(Settings settings) {
  /** The Kafka cluster. */
  public KafkaSettings kafka() {
    return required(settings.kafka(), "Kafka", "kafka.bootstrap", "--kafka HOST:PORT");
  }

  /** Where the topics of sources are: the Kafka cluster and the schemas of its records. */
  KafkaLocation topics() {
    KafkaSettings kafka = kafka();
    return KafkaLocation.of(kafka.bootstrap())
        .withProperties(kafka.properties())
        .withSchemaRegistry(kafka.schemaRegistry());
  }

  /** The catalog of the warehouse. */
  public CatalogLoader catalog() {
    String warehouse = required(settings.warehouse(), "warehouse", "warehouse", "--warehouse URI");
    return IcebergCatalogs.loader(warehouse, settings.catalog());
  }

  /**
   * The online store.
   *
   * @param project all of whose views must have a place there, whichever of them are written
   */
  public RedisOptions redis(Project project) {
    RedisSettings redis = required(settings.redis(), "Redis server", "redis", "--redis HOST:PORT");
    OnlineLayout.requirePlaces(redis.layout(), project);
    return RedisOptions.of(redis);
  }

  /** Whether the settings name an online store. */
  boolean hasRedis() {
    return settings.redis() != null;
  }

  /** Where the dead letters of files go. */
  public Path deadLetterFolder() {
    String folder = settings.deadLetters();
    return Path.of(folder == null ? "dead-letters" : folder).toAbsolutePath();
  }

  private static <T> T required(@Nullable T value, String what, String key, String flag) {
    if (value == null) {
      throw new IllegalArgumentException(
          "found no %s, expected '%s' in tailwater.yaml or %s".formatted(what, key, flag));
    }
    return value;
  }
}
