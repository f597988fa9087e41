// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.verify.VerifyReport;
import io.tailwater.cli.verify.VerifyRun;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.DurationArgument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater verify}. */
@Command(
    name = "verify",
    description = {
      "Recomputes a random sample of entities from their events and compares both stores with it,"
          + " bit by bit, also while a stream goes on.",
      "",
      "Events are read from Kafka, or with --source from a file or the archive: all of them, once."
          + " Exit code 1: a store differs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater verify",
      "  tailwater verify --view customer_behavior --sample 1000 --seed 7 -o json",
      "  tailwater verify --source orders=archive"
    })
final class VerifyCommand implements Callable<Integer> {
  /** A checkpoint that begins while the one before is being committed, and some time for it. */
  private static final int CHECKPOINTS = 2;

  private static final Duration COMMIT = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private DeploymentOptions deployment;
  @Mixin private OutputFormat output;

  @Option(
      names = "--view",
      paramLabel = "NAME",
      description = "A view over events; may be repeated. Default: all of them.")
  private Set<String> views = Set.of();

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many entities of each view. Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Which ones: the same seed, the same entities. Default: the clock.")
  private @Nullable Long seed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many differences of each view and store are shown; all are counted. Default:"
              + " ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = DurationArgument.class,
      description =
          "How long to wait for a running stream's next commit, in up to three rounds. Default: two"
              + " checkpoint intervals of tailwater.yaml and 5 s.")
  private @Nullable Duration wait;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where the report goes for programs.")
  private @Nullable Path report;

  @Override
  public Integer call() throws InterruptedException {
    if (sample < 1 || limit < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--sample %d, --limit %d: expected at least 1, and at least 0".formatted(sample, limit));
    }
    Project project = options.project();
    Settings settings = deployment.settings(options);
    ReportFile file = ReportFile.at(report);
    PrintWriter out = spec.commandLine().getOut();
    StatusLine progress =
        StatusLine.on(output.isJson() ? spec.commandLine().getErr() : out, Clock.systemUTC());
    VerifyReport verified = new VerifyRun(what(chosen(project), settings), progress::show).run();
    file.write(verified.json(limit));
    if (output.isJson()) {
      out.println(Json.text(verified.json(limit)));
    } else {
      verified.lines(limit).forEach(progress::say);
    }
    return verified.agrees() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private VerifyRun.Options what(Project project, Settings settings) {
    if (settings.redis() == null && settings.warehouse() == null) {
      throw new CommandException(
          "found no store, expected 'redis' or 'warehouse' in tailwater.yaml, or --redis HOST:PORT or --warehouse URI");
    }
    Duration patience =
        wait == null
            ? Duration.ofMillis(settings.checkpoints().intervalMillis())
                .multipliedBy(CHECKPOINTS)
                .plus(COMMIT)
            : wait;
    return new VerifyRun.Options(
        project,
        settings,
        deployment.inputs(),
        DeploymentOptions.redis(settings),
        DeploymentOptions.catalog(settings),
        sample,
        seed == null ? Clock.systemUTC().millis() : seed,
        patience);
  }

  private Project chosen(Project project) {
    List<String> known = project.views().stream().map(FeatureView::name).toList();
    Set<String> unknown = new HashSet<>(views);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CommandException(
          "--view: found %s, expected views over events: %s".formatted(unknown, known));
    }
    return views.isEmpty()
        ? project
        : project.withViews(
            project.views().stream().filter(view -> views.contains(view.name())).toList());
  }
}
