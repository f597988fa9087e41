// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.SourceArguments;
import io.tailwater.jobs.options.StoreArguments;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that look at a deployment share: where its events and its stores are. */
final class DeploymentOptions {
  @Mixin private StoreArguments stores;

  @Option(
      names = "--source",
      paramLabel = "NAME=FILE",
      description =
          "Reads a source from a file or folder, or with NAME=archive from its archive, instead of"
              + " Kafka. May be repeated.")
  private Map<String, Path> sources = Map.of();

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The Kafka cluster.")
  private @Nullable String kafka;

  /** Where sources are read. */
  BackfillInputs inputs() {
    return SourceArguments.inputs(sources);
  }

  /**
   * The project's settings with the flags over them.
   *
   * @throws CommandException if an address is none
   */
  Settings settings(ProjectOptions project) {
    try {
      return stores.over(SourceArguments.withKafka(project.settings(), kafka));
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The Redis of these settings; null if they name none. */
  static @Nullable RedisOptions redis(Settings settings) {
    return settings.redis() == null ? null : RedisOptions.of(settings.redis());
  }

  /** The catalog of these settings; null if they name no warehouse. */
  static @Nullable CatalogLoader catalog(Settings settings) {
    String location = settings.warehouse();
    return location == null ? null : IcebergCatalogs.loader(location, settings.catalog());
  }
}
