// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.jobs.materialize.MaterializeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwater materialize-incremental}. */
@Command(
    name = "materialize-incremental",
    description = {
      "Brings views up to date: what came since the last run, up to END.",
      "",
      "Rows that came late, with an old event timestamp, are among it. Where a view stands is"
          + " remembered in Redis: one that has lost it gets everything. The rows and vectors are"
          + " those of 'tailwater materialize'. Flags go over tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater materialize-incremental 2026-03-31T12:00:00Z --redis localhost:6379"
          + " --warehouse ./warehouse",
      "  tailwater materialize-incremental $(date -u +%%Y-%%m-%%dT%%H:%%M:%%SZ)"
          + " --view customer_profile --lookback 7d"
    })
final class MaterializeIncrementalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private MaterializeFlags flags;

  @Parameters(
      index = "0",
      paramLabel = "END",
      converter = InstantArgument.class,
      description =
          "The last event timestamp: a date, or a date and time, in UTC unless it has an offset.")
  private Instant end;

  @Option(
      names = "--lookback",
      paramLabel = "DURATION",
      converter = DurationArgument.class,
      description =
          "Of batch views: ask the query only for rows from so long before the last run's END, as"
              + " 7d or 12h. Default: for all, so that none is missed however late it came.")
  private @Nullable Duration lookback;

  @Override
  public Integer call() throws InterruptedException {
    return flags.run(
        spec.commandLine(),
        MaterializeOptions.incremental(
            flags.views(),
            end.toEpochMilli(),
            lookback == null ? null : (Long) lookback.toMillis()));
  }
}
