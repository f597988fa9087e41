// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.plan.PlanJson;
import io.tailwater.cli.plan.PlanText;
import io.tailwater.cli.plan.RegistryPlan;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.AppliedDefinitions;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RegistryException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
          + " it needs beside: nothing, history, a backfill. Compared with the definitions that are"
          + " applied, or with those in a folder. Nothing is changed.",
      "",
      "Exit code 0: a stream can go on over the change, 1: it is refused."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater plan --definitions retail",
      "  tailwater plan --definitions retail --against /srv/deployed/retail",
      "  git worktree add /tmp/deployed v1.4 && tailwater plan --against /tmp/deployed -o json"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @ArgGroup private @Nullable Other other;

  /** What the definitions are compared with. */
  static final class Other {
    @Option(
        names = "--against",
        paramLabel = "DIR",
        description =
            "The definitions that are deployed: the folder that the stream was started with."
                + " Default: those that tailwater apply has published.")
    private @Nullable Path against;

    @Option(
        names = "--redis",
        paramLabel = "HOST:PORT",
        description = "The Redis where they are published, over what tailwater.yaml says.")
    private @Nullable String redis;
  }

  @Override
  public Integer call() {
    Path against = other == null ? null : other.against;
    return against == null ? againstRegistry() : againstFolder(against);
  }

  private int againstFolder(Path against) {
    ProjectChange change = ProjectChange.between(deployed(against), options.project());
    if (output.isJson()) {
      out().println(Json.text(PlanJson.of(change)));
    } else {
      PlanText.lines(change).forEach(out()::println);
    }
    return change.allRefusals().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int againstRegistry() {
    Project project = options.project();
    RedisOptions redis =
        RedisConnections.options(options.settings(), other == null ? null : other.redis);
    try (DefinitionsRegistry registry = new DefinitionsRegistry(redis, project.name())) {
      AppliedDefinitions applied = AppliedDefinitions.find(registry).orElse(null);
      if (applied == null) {
        nothing(project, registry);
        return ExitCode.OK;
      }
      return report(RegistryPlan.of(applied, project));
    } catch (RegistryException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private void nothing(Project project, DefinitionsRegistry registry) {
    if (output.isJson()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("project", project.name());
      json.put("against", null);
      out().println(Json.text(json));
    } else {
      out()
          .printf(
              "Project %s: nothing is applied yet, as %s.%n'tailwater apply' makes these definitions version 1; --against DIR compares them with a folder.%n",
              project.name(), registry.location());
    }
  }

  private int report(RegistryPlan plan) {
    if (output.isJson()) {
      out().println(Json.text(PlanJson.of(plan)));
    } else {
      out().printf("Compared with what is applied, %s%n", plan.applied());
      PlanText.lines(plan.change()).forEach(out()::println);
      List<String> accepted = plan.toBeAccepted();
      if (!plan.isImpossible() && !accepted.isEmpty()) {
        out()
            .println(
                "Under the same name other values would be stored than before. If that is meant:");
        out().println("  " + PlanText.applyCommand(accepted));
      }
    }
    return plan.change().allRefusals().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static Project deployed(Path against) {
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
