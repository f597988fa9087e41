// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.plan.PlanJson;
import io.tailwater.cli.plan.PlanText;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.model.Project;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwater plan}. */
@Command(
    name = "plan",
    description = {
      "Says what a change of the definitions means before it is deployed.",
      "",
      "For each feature: whether its values go on, from when on new ones are complete if the stream"
          + " goes on from its savepoint, what happens to its column in the offline table, and what"
          + " it needs beside: nothing, history, a backfill. Nothing is read but the two folders,"
          + " and nothing is changed.",
      "",
      "Exit code 0: a stream can go on over the change, 1: it is refused."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater plan --definitions retail --against /srv/deployed/retail",
      "  git worktree add /tmp/deployed v1.4 && tailwater plan --against /tmp/deployed -o json"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      required = true,
      description =
          "The definitions that are deployed: the folder that the stream was started with.")
  private Path against;

  @Override
  public Integer call() {
    ProjectChange change = ProjectChange.between(deployed(), options.project());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(PlanJson.of(change)));
    } else {
      PlanText.lines(change).forEach(out::println);
    }
    return change.allRefusals().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Project deployed() {
    try {
      return ProjectLoader.load(against);
    } catch (DefinitionException e) {
      throw new CommandException(
          "--against %s: found definitions that this version cannot read, expected those that are deployed:%n%s"
              .formatted(against, e.getMessage()),
          e);
    }
  }
}
