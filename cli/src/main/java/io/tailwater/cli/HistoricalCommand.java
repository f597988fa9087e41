// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.HistoricalLauncher;
import io.tailwater.cli.report.TrainingSetReport;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.historical.RetrievalSummary;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      required = true,
      description =
          "A .csv or .parquet file, or iceberg:NAMESPACE.TABLE: the join keys, event_timestamp, the"
              + " request fields of features on demand, and any other columns.")
  private String labels = "";

  @ArgGroup(multiplicity = "1")
  private Wanted wanted = new Wanted();

  @Option(
      names = "--as-of",
      paramLabel = "at|before",
      description =
          "Whether a label sees rows at its instant. Default: as the feature service says, else at.")
  private FeatureService.@Nullable AsOf asOf;

  @Option(
      names = "--as-known-at",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "Only what was known at this instant: the snapshots that were current then, and of these"
              + " the rows created until then.")
  private @Nullable Instant asKnownAt;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "A .csv or .parquet file; one that is there is replaced.")
  private String output = "";

  // Not the mixin of the other commands, whose -o is --output too.
  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      description = "The summary as text or json. Default: text.")
  private Format format = Format.TEXT;

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel pipelines. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  private enum Format {
    TEXT,
    JSON
  }

  /** One of the two. */
  private static final class Wanted {
    @Option(
        names = "--features",
        paramLabel = "V:F",
        split = ",",
        required = true,
        description = "Features, as VIEW:FEATURE or VIEW:*, separated by commas.")
    private List<String> features = List.of();

    @Option(
        names = "--feature-service",
        paramLabel = "S",
        required = true,
        description = "The features of a service.")
    private @Nullable String service;
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
    TrainingSetReport report = new TrainingSetReport(summary, output);
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
    if (warehouse != null) {
      settings = settings.withWarehouse(warehouse);
    }
    HistoricalRetrieval.Builder builder =
        HistoricalRetrieval.builder(project, settings).labels(labels).output(output);
    try {
      if (wanted.service == null) {
        builder.features(wanted.features.stream().map(this::reference).toList());
      } else {
        builder.service(wanted.service);
      }
      if (asOf != null) {
        builder.asOf(asOf);
      }
      if (asKnownAt != null) {
        builder.asKnownAt(asKnownAt);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private FeatureReference reference(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--features %s: found no view and feature, expected VIEW:FEATURE or VIEW:*"
              .formatted(text));
    }
    return new FeatureReference(
        text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }
}
