// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.jobs.options.MaterializeArguments;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwater materialize}. */
@Command(
    name = "materialize",
    description = {
      "Brings a range of views' rows into the stores, once however often it runs.",
      "",
      "A batch view: the rows that its query gives go into its offline table, if it does not have"
          + " them, and each entity's last row to Redis. A view over events: each entity's last row"
          + " of the offline table goes to Redis. A vector of a running stream that is as new or"
          + " newer stays. Flags go over tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater materialize 2026-01-01 2026-03-31T23:59:59.999Z --redis localhost:6379"
          + " --warehouse ./warehouse",
      "  tailwater materialize 2026-01-01 2026-03-31 --view customer_profile"
    })
final class MaterializeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private MaterializeFlags flags;
  @Mixin private MaterializeArguments arguments;

  @Override
  public Integer call() throws InterruptedException {
    return flags.run(spec.commandLine(), arguments.options());
  }
}
