// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.explain.ExplainRun;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.retrieval.OutputFeature;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.ViewRead;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.InstantArgument;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwater explain}. */
@Command(
    name = "explain",
    description = {
      "Shows why a value is what it is: the events in its windows and when each leaves, the value"
          + " recomputed of them, and whether the offline table and Redis have the same.",
      "",
      "Events are read from Kafka, or with --source from a file or the archive: all of them, but of"
          + " an archive only the files that may have the entity's. Exit code 1: a store differs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater explain customer_behavior:purchases_last_7d --entity customer_id=1001",
      "  tailwater explain product_sales:revenue_1d --entity product_id=sku-001"
          + " --at 2026-03-01T10:00:00Z --source orders=archive"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private DeploymentOptions deployment;
  @Mixin private OutputFormat output;

  @Parameters(paramLabel = "VIEW:FEATURE", description = "What to explain.")
  private String feature = "";

  @Option(
      names = "--entity",
      required = true,
      paramLabel = "KEY=VALUE",
      description = "The entity's join key; once for each where there are several.")
  private Map<String, String> entity = Map.of();

  @Option(
      names = "--at",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "The instant: a date, or a date and time, in UTC unless it has an offset. Default: now.")
  private @Nullable Instant at;

  @Option(
      names = "--request",
      paramLabel = "FIELD=VALUE",
      description = "What an on-demand feature takes from the request; may be repeated.")
  private Map<String, String> request = Map.of();

  @Override
  public Integer call() {
    Project project = options.project();
    RetrievalPlan plan = plan(project);
    OutputFeature asked = plan.outputs().get(0);
    Settings settings = deployment.settings(options);
    ExplainRun run =
        ExplainRun.of(
            project,
            settings,
            question(plan, asked.reference()),
            new TreeMap<>(entity)
                .entrySet().stream()
                    .map(part -> part.getKey() + "=" + part.getValue())
                    .collect(Collectors.joining(", ")),
            asked.type(),
            deployment.inputs(),
            new ExplainRun.Stores(
                DeploymentOptions.redis(settings), DeploymentOptions.catalog(settings)));
    print(run);
    return run.agrees() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void print(ExplainRun run) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(run.json()));
    } else {
      run.lines().forEach(out::println);
    }
  }

  private RetrievalPlan plan(Project project) {
    try {
      FeatureReference reference = FeatureReference.parse(feature);
      if (reference.isAll()) {
        throw new IllegalArgumentException(
            "'%s' is many features, expected one".formatted(feature));
      }
      return RetrievalPlan.of(project, List.of(reference));
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private Question question(RetrievalPlan plan, FeatureReference reference) {
    Map<String, Object[]> keys = new HashMap<>();
    for (ViewRead read : plan.views()) {
      Entity described = read.view().entity();
      keys.put(described.name(), EntityArgument.key(described, entity));
    }
    Instant instant = at == null ? Clock.systemUTC().instant() : at;
    return new Question(
        reference,
        keys,
        instant.toEpochMilli(),
        false,
        RequestArgument.values(plan.requestFields(), request));
  }
}
