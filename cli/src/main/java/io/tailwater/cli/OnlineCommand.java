// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater online}. */
@Command(
    name = "online",
    description = "Reads the online store.",
    subcommands = OnlineGetCommand.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  tailwater online get customer_transactions --entity customer_id=1001"
    })
final class OnlineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command: get.");
  }
}
