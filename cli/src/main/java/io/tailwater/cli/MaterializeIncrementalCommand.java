// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.jobs.options.MaterializeIncrementalArguments;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private MaterializeIncrementalArguments arguments;

  @Override
  public Integer call() throws InterruptedException {
    return flags.run(spec.commandLine(), arguments.options());
  }
}
