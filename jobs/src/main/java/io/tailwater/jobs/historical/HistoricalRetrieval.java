// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.historical.files.FlinkFiles;
import io.tailwater.jobs.historical.labels.LabelLocation;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a training set: labels, each with the features that were true at its instant.
 *
 * <pre>{@code
 * RetrievalSummary summary =
 *     HistoricalRetrieval.builder(project, settings)
 *         .labels("labels.csv")
 *         .service("churn_v1")
 *         .output("training.parquet")
 *         .build()
 *         .run(env);
 * }</pre>
 *
 * <p>Rows in are rows out, in their order, duplicates and other columns kept. Each label gets, of
 * each view, the row with the latest {@code event_timestamp} that is not after the label's instant,
 * of these the one with the latest {@code created_timestamp}; a row older than the view's ttl does
 * not count, one exactly as old does. Immutable.
 */
public final class HistoricalRetrieval {
  private final Project project;
  private final Settings settings;
  private final RetrievalRequest request;

  private HistoricalRetrieval(Project project, Settings settings, RetrievalRequest request) {
    this.project = project;
    this.settings = settings;
    this.request = request;
  }

  /** A retrieval of the features of a project, out of the warehouse that the settings name. */
  public static Builder builder(Project project, Settings settings) {
    return new Builder(
        requireNonNull(project, "project is null"), requireNonNull(settings, "settings is null"));
  }

  /**
   * Checks everything that can be wrong, reads the labels once for that, and builds the graph.
   *
   * @param env of {@code PipelineConfiguration.pipelinedBatch()}
   * @return gives the summary when the job has ended
   * @throws IOException if labels or tables cannot be read
   * @throws IllegalArgumentException if anything is wrong, listing all of it
   */
  public DefinedRetrieval define(StreamExecutionEnvironment env) throws IOException {
    return new RetrievalDefinition(project, request, this::catalog).define(env);
  }

  /**
   * Makes the training set.
   *
   * @param env of {@code PipelineConfiguration.pipelinedBatch()}
   * @throws Exception as {@link #define}, or Flink's own if the job fails
   */
  public RetrievalSummary run(StreamExecutionEnvironment env) throws Exception {
    DefinedRetrieval defined = define(env);
    JobExecutionResult result = env.execute("tailwater historical " + project.name());
    return defined.summary(result);
  }

  private CatalogLoader catalog() {
    String warehouse = settings.warehouse();
    if (warehouse == null) {
      throw new IllegalArgumentException(
          "found no warehouse, expected 'warehouse' in tailwater.yaml or --warehouse URI");
    }
    return IcebergCatalogs.loader(warehouse, settings.catalog());
  }

  /** Says what to retrieve. Not thread-safe. */
  public static final class Builder {
    private final Project project;
    private final Settings settings;
    private @Nullable String labels;
    private @Nullable String output;
    private List<FeatureReference> features = List.of();
    private @Nullable FeatureService service;
    private @Nullable AsOf asOf;
    private @Nullable Long knownAt;

    private Builder(Project project, Settings settings) {
      this.project = project;
      this.settings = settings;
    }

    /**
     * Where the labels are.
     *
     * @param location a path or URI that ends in {@code .csv} or {@code .parquet}, or {@code
     *     iceberg:namespace.table} for a table of the warehouse's catalog
     */
    public Builder labels(String location) {
      requireNonNull(location, "location is null");
      labels = location.startsWith(LabelLocation.TABLE) ? location : FlinkFiles.absolute(location);
      return this;
    }

    /** Which features, in the order of the training set's columns; {@code view:*} for all. */
    public Builder features(List<FeatureReference> references) {
      features = List.copyOf(references);
      return this;
    }

    /**
     * The features of a service, and which rows its labels see.
     *
     * @throws IllegalArgumentException if there is no such service
     */
    public Builder service(String name) {
      List<String> names = project.services().stream().map(FeatureService::name).toList();
      service =
          project
              .service(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "feature service '%s': found no such service, expected one of %s%s"
                              .formatted(
                                  name,
                                  names,
                                  Suggestions.didYouMean(name, names)
                                      .map(hint -> ", " + hint)
                                      .orElse(""))));
      return this;
    }

    /**
     * Which rows a label sees, whatever the service says: those at its instant too, or only those
     * before it, for labels that are events themselves.
     */
    public Builder asOf(AsOf rows) {
      asOf = requireNonNull(rows, "rows is null");
      return this;
    }

    /**
     * What was known at an instant: the snapshots that were current then, and of these the rows
     * created until then.
     */
    public Builder asKnownAt(Instant instant) {
      knownAt = instant.toEpochMilli();
      return this;
    }

    /**
     * Where the training set goes.
     *
     * @param path a path or URI that ends in {@code .csv} or {@code .parquet}; a file that is there
     *     is replaced when the training set is whole
     */
    public Builder output(String path) {
      output = FlinkFiles.absolute(requireNonNull(path, "path is null"));
      return this;
    }

    /**
     * The retrieval.
     *
     * @throws IllegalArgumentException if labels, output or features are not given, or both
     *     features and a service are
     */
    public HistoricalRetrieval build() {
      if (labels == null || output == null) {
        throw new IllegalArgumentException("labels or output are not given");
      }
      if (features.isEmpty() == (service == null)) {
        throw new IllegalArgumentException(
            "expected either features or a feature service, found %s"
                .formatted(service == null ? "neither" : "both"));
      }
      return new HistoricalRetrieval(
          project,
          settings,
          new RetrievalRequest(labels, features, service, asOf, knownAt, output));
    }
  }
}
