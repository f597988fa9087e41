// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater dead-letters}. */
@Command(
    name = "dead-letters",
    description = "Shows the events that were refused, and gives them another try.",
    subcommands = {DeadLettersListCommand.class, DeadLettersReplayCommand.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  tailwater dead-letters list --summary",
      "  tailwater dead-letters replay --code UNDECODABLE --dry-run"
    })
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command: list or replay.");
  }
}
