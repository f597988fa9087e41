// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.jobs.materialize.MaterializeOptions;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

  @Parameters(
      index = "0",
      paramLabel = "START",
      converter = InstantArgument.class,
      description =
          "The first event timestamp: a date, or a date and time, in UTC unless it has an offset.")
  private Instant start;

  @Parameters(
      index = "1",
      paramLabel = "END",
      converter = InstantArgument.class,
      description = "The last event timestamp; a date is its first instant.")
  private Instant end;

  @Override
  public Integer call() throws InterruptedException {
    if (start.isAfter(end)) {
      throw new ParameterException(
          spec.commandLine(),
          "START %s is after END %s: the range has no instant".formatted(start, end));
    }
    return flags.run(
        spec.commandLine(),
        MaterializeOptions.range(flags.views(), start.toEpochMilli(), end.toEpochMilli()));
  }
}
