// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.ReportFile;
import io.tailwater.definitions.settings.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that runs a job takes: its stores, its parallelism, and its report. */
final class RunOptions {
  @Option(names = "--redis", paramLabel = "HOST:PORT", description = "The Redis server.")
  private @Nullable String redis;

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel pipelines. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where the report goes for programs.")
  private @Nullable Path report;

  int parallelism() {
    return parallelism;
  }

  /** The report's file; checked before the job runs. */
  ReportFile report() {
    return ReportFile.at(report);
  }

  /** The project's settings with the stores' flags over them. */
  Settings over(Settings settings) {
    Settings result = settings;
    if (redis != null) {
      result = result.withRedis(RedisConnections.settings(result, redis));
    }
    return warehouse == null ? result : result.withWarehouse(warehouse);
  }
}
