// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Where a test's job keeps everything: a Redis of its own and a folder.
 *
 * @param redis the online store
 * @param directory for warehouse, checkpoints and dead letters
 */
record Deployment(EmbeddedRedis redis, Path directory) {
  Settings settings() {
    return Settings.DEFAULT
        .withRedis(RedisSettings.of(redis.address()))
        .withWarehouse(directory.resolve("warehouse").toString())
        .withDeadLetters(deadLetters().toString());
  }

  Path deadLetters() {
    return directory.resolve("dead-letters");
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  CatalogLoader catalog() {
    Settings settings = settings();
    return IcebergCatalogs.loader(Objects.requireNonNull(settings.warehouse()), settings.catalog());
  }

  RedisOptions redisOptions() {
    return RedisOptions.of(redis.host(), redis.port());
  }

  Configuration configuration(Duration checkpointInterval, String stateBackend) {
    return PipelineConfiguration.stream(
        checkpoints().toUri().toString(), checkpointInterval, stateBackend);
  }

  /** The definitions in a folder of the test resources. */
  static Project project(String folder) throws URISyntaxException {
    Path path =
        Path.of(Objects.requireNonNull(Deployment.class.getResource("/" + folder), folder).toURI());
    return io.tailwater.definitions.ProjectLoader.load(path);
  }
}
