// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.Problem;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.SettingsLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.stores.redis.OnlineLayout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwater validate}. */
@Command(
    name = "validate",
    description = "Checks definitions and tailwater.yaml and reports all problems at once.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tailwater validate --definitions feature-definitions/retail"})
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Override
  public Integer call() {
    List<Problem> problems = new ArrayList<>();
    Project project = null;
    try {
      project = ProjectLoader.load(options.folder());
    } catch (DefinitionException e) {
      problems.addAll(e.problems());
    }
    try {
      Settings settings = SettingsLoader.load(options.folder(), System.getenv());
      if (project != null) {
        place(project, settings.redis()).ifPresent(problems::add);
      }
    } catch (DefinitionException e) {
      problems.addAll(e.problems());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(json(project, problems)));
    } else if (project != null && problems.isEmpty()) {
      out.println(summary(project));
    } else {
      reportTo(spec.commandLine().getErr(), problems);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** What the online store's layout has no place for. */
  private static Optional<Problem> place(Project project, @Nullable RedisSettings redis) {
    if (redis == null) {
      return Optional.empty();
    }
    try {
      OnlineLayout.requirePlaces(redis.layout(), project);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new Problem(
              SettingsLoader.FILE_NAME,
              0,
              0,
              "redis.layout",
              redis.layout().name().toLowerCase(Locale.ROOT),
              "a layout with a place for every feature",
              e.getMessage()));
    }
  }

  private void reportTo(PrintWriter err, List<Problem> problems) {
    problems.forEach(err::println);
    err.printf(
        "%d %s in %s%n",
        problems.size(), problems.size() == 1 ? "problem" : "problems", options.folder());
  }

  private static String summary(Project project) {
    long features = project.allViews().stream().mapToLong(view -> view.features().size()).sum();
    return "Project %s is valid: %s, %s, %s with %s."
        .formatted(
            project.name(),
            counted(project.entities().size(), "entity", "entities"),
            counted(project.sources().size(), "source", "sources"),
            counted(project.allViews().size(), "feature view", "feature views"),
            counted(features, "feature", "features"));
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private static Map<String, Object> json(@Nullable Project project, List<Problem> problems) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("valid", problems.isEmpty());
    if (project != null) {
      json.put("project", project.name());
      json.put("feature_views", project.views().stream().map(view -> view.name()).toList());
      json.put(
          "batch_feature_views", project.batchViews().stream().map(view -> view.name()).toList());
      json.put(
          "on_demand_feature_views",
          project.onDemandViews().stream().map(view -> view.name()).toList());
    }
    json.put("problems", problems.stream().map(ValidateCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", problem.file());
    json.put("line", problem.line());
    json.put("column", problem.column());
    json.put("path", problem.path());
    json.put("found", problem.found());
    json.put("expected", problem.expected());
    if (problem.hint() != null) {
      json.put("hint", problem.hint());
    }
    return json;
  }
}
