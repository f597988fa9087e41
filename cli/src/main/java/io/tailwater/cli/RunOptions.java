// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.StoreArguments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that runs a job takes: its stores, its parallelism, and its report. */
final class RunOptions {
  @Mixin private StoreArguments stores;

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

  /**
   * The project's settings with the stores' flags over them.
   *
   * @throws CommandException if an address is none
   */
  Settings over(Settings settings) {
    try {
      return stores.over(settings);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
