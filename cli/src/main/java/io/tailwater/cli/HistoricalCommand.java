// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.HistoricalLauncher;
import io.tailwater.cli.report.TrainingSetReport;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.historical.RetrievalSummary;
import io.tailwater.jobs.options.HistoricalArguments;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwater historical}. */
@Command(
    name = "historical",
    description = {
      "Makes a training set: labels, each with the features that were true at its instant.",
      "",
      "Rows in are rows out, in their order, with all their columns; a label that nothing is known"
          + " for has nulls. The output appears when it is whole."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater historical --labels labels.csv --feature-service churn_v1"
          + " --output training.parquet",
      "  tailwater historical --labels labels.parquet --features"
          + " customer_behavior:purchases_last_7d,product_sales:* --output training.csv"
    })
final class HistoricalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private HistoricalArguments arguments;

  // Not the mixin of the other commands, whose -o is --output too.
  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      description = "The summary as text or json. Default: text.")
  private Format format = Format.TEXT;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel pipelines. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  private enum Format {
    TEXT,
    JSON
  }

  @Override
  public Integer call() throws InterruptedException {
    HistoricalRetrieval retrieval = retrieval();
    PrintWriter out = spec.commandLine().getOut();
    StatusLine progress =
        StatusLine.on(format == Format.JSON ? spec.commandLine().getErr() : out, Clock.systemUTC());
    RetrievalSummary summary;
    try (EmbeddedFlink flink = EmbeddedFlink.create(parallelism)) {
      summary =
          HistoricalLauncher.run(
              flink, retrieval, parallelism, doing -> progress.show("  " + doing + " …"));
    }
    TrainingSetReport report = new TrainingSetReport(summary, arguments.output());
    if (format == Format.JSON) {
      out.println(Json.text(report.json()));
    } else {
      report.lines().forEach(progress::say);
    }
    return ExitCode.OK;
  }

  private HistoricalRetrieval retrieval() {
    Project project = options.project();
    Settings settings = options.settings();
    try {
      return arguments.retrieval(project, settings);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
