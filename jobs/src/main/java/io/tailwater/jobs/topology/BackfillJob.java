// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.deadletter.FileDeadLetters;
import io.tailwater.sinks.iceberg.replace.OfflineReplacement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * The backfill of a project: the stream's graph over files, archives and what is in Kafka, in
 * Flink's batch mode, which sorts the events by entity and time, so that only one entity's windows
 * are in memory at a time. It fills the offline tables and, where asked to, the online store with
 * what a stream over the same events would leave there. Rows that a table has in the range are
 * replaced, in one commit a table at the end; a stream may append meanwhile. Everything that can be
 * wrong with endpoints, tables and files is found before the job starts.
 */
public final class BackfillJob {
  /** Below that of every stream, so that a stream wins where both have come to the same instant. */
  private static final long GENERATION = 0;

  private final Project whole;
  private final Project project;
  private final Endpoints endpoints;
  private final BackfillInputs inputs;
  private final BackfillOptions backfill;
  private final SourceOptions options;
  private Map<String, Long> eventCounts = Map.of();

  /**
   * A backfill of files.
   *
   * @param files each source's file or folder, by the source's name; others are read from Kafka
   * @throws IllegalArgumentException if there is no view or source of a given name
   */
  public BackfillJob(
      Project project,
      Settings settings,
      Map<String, Path> files,
      BackfillOptions backfill,
      SourceOptions options) {
    this(project, settings, BackfillInputs.ofFiles(files), backfill, options);
  }

  /**
   * A backfill.
   *
   * @throws IllegalArgumentException if there is no view or source of a given name
   */
  public BackfillJob(
      Project project,
      Settings settings,
      BackfillInputs inputs,
      BackfillOptions backfill,
      SourceOptions options) {
    requireNonNull(project, "project is null");
    this.endpoints = new Endpoints(requireNonNull(settings, "settings is null"));
    this.backfill = requireNonNull(backfill, "backfill is null");
    this.options = requireNonNull(options, "options is null");
    this.whole = project;
    this.project = project.withViews(chosen(project, backfill.views()));
    this.inputs = requireNonNull(inputs, "inputs is null");
    SourceNames.require(project, inputs.files().keySet());
    SourceNames.require(project, inputs.archives());
  }

  /** The project with the chosen views alone. */
  public Project project() {
    return project;
  }

  /**
   * How many events each source has at most, by its name, as far as {@link #define} found out: of
   * files it did only if it had to read them.
   */
  public Map<String, Long> eventCounts() {
    return eventCounts;
  }

  /**
   * Builds the graph.
   *
   * @param env of {@link PipelineConfiguration#pipelinedBatch()}
   * @throws IOException if a source cannot be read
   * @throws IllegalArgumentException if a setting or a source is missing, saying which and where to
   *     give it
   */
  public void define(StreamExecutionEnvironment env) throws IOException {
    CatalogLoader catalog = endpoints.catalog();
    AppliedVersion applied = appliedVersion(catalog);
    // Before it is fixed what is read: what a stream has written by then is of events that are
    // read.
    Map<String, OfflineReplacement> tables = begin(catalog);
    BackfillSources bounded =
        BackfillSources.resolve(project, endpoints, inputs, options.clock(), backfill.from());
    PipelineSources sources = PipelineSources.of(bounded.locations(), options);
    BackfillRange range = range(bounded);
    eventCounts = bounded.eventCounts();
    FeaturePipeline.define(
        env,
        project,
        sources,
        new BackfillSinks(
            stores(catalog, range), tables, bounded.knownFrom(), range, backfill.online()),
        new WindowSettings(options.clock(), GENERATION, range.end(), true)
            .withKnownFrom(bounded.knownFrom()));
    applied.stamp(catalog, project.name(), project.views());
  }

  private AppliedVersion appliedVersion(CatalogLoader catalog) throws IOException {
    return backfill.online()
        ? AppliedVersion.require(project, endpoints.redis(whole), project.views())
        : AppliedVersion.requireOffline(
            project, endpoints.hasRedis() ? endpoints.redis(whole) : null, catalog);
  }

  private Map<String, OfflineReplacement> begin(CatalogLoader catalog) {
    Map<String, OfflineReplacement> tables = new HashMap<>();
    for (FeatureView view : project.views()) {
      tables.put(
          view.name(),
          OfflineReplacement.begin(catalog, project.name(), view, options.clock().millis()));
    }
    return tables;
  }

  private StoreSinks stores(CatalogLoader catalog, BackfillRange range) {
    return new StoreSinks(
        project.name(),
        backfill.online() ? endpoints.redis(whole) : null,
        catalog,
        source -> FileDeadLetters.sink(endpoints.deadLetterFolder()),
        range.end());
  }

  private BackfillRange range(BackfillSources bounded) throws IOException {
    Long from = backfill.from();
    Long to = backfill.to();
    long end = to == null ? bounded.end() : to;
    long newest =
        backfill.online() ? bounded.newestEventTime().orElse(Long.MIN_VALUE) : Long.MIN_VALUE;
    return new BackfillRange(from == null ? Long.MIN_VALUE : from, end, Math.min(end, newest));
  }

  private static List<FeatureView> chosen(Project project, List<String> names) {
    if (names.isEmpty()) {
      return project.views();
    }
    List<FeatureView> views = new ArrayList<>();
    for (String name : names) {
      views.add(
          project
              .view(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--view %s: found no such view, expected one of %s"
                              .formatted(
                                  name,
                                  project.views().stream().map(FeatureView::name).toList()))));
    }
    return views.stream().distinct().toList();
  }
}
