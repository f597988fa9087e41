// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which training set is made, of what. */
public final class HistoricalArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

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

  /** The file that it is written to. */
  public String output() {
    return output;
  }

  /**
   * The retrieval.
   *
   * @param settings without the flags
   * @throws ParameterException if a feature is not written as one
   * @throws IllegalArgumentException if anything else is wrong, with all of it
   */
  public HistoricalRetrieval retrieval(Project project, Settings settings) {
    HistoricalRetrieval.Builder builder =
        HistoricalRetrieval.builder(
                project, warehouse == null ? settings : settings.withWarehouse(warehouse))
            .labels(labels)
            .output(output);
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
