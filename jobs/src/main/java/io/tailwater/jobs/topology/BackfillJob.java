// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.deadletter.FileDeadLetters;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * The backfill of a project: the stream's graph over files in Flink's batch mode, which sorts the
 * events by entity and time, so that only one entity's windows are in memory at a time. It fills
 * the offline tables and, where asked to, the online store with what a stream over the same events
 * would leave there. Everything that can be wrong with endpoints, tables and files is found before
 * the job starts.
 */
public final class BackfillJob {
  /** Below that of every stream, so that a stream wins where both have come to the same instant. */
  private static final long GENERATION = 0;

  private final Project project;
  private final Endpoints endpoints;
  private final SourceFiles files;
  private final BackfillOptions backfill;
  private final SourceOptions options;

  /**
   * @param files each source's file, by the source's name
   * @throws IllegalArgumentException if there is no view or source of a given name
   */
  public BackfillJob(
      Project project,
      Settings settings,
      Map<String, Path> files,
      BackfillOptions backfill,
      SourceOptions options) {
    requireNonNull(project, "project is null");
    this.endpoints = new Endpoints(requireNonNull(settings, "settings is null"));
    this.backfill = requireNonNull(backfill, "backfill is null");
    this.options = requireNonNull(options, "options is null");
    this.project = project.withViews(chosen(project, backfill.views()));
    SourceFiles.requireSources(project, files.keySet());
    this.files = SourceFiles.of(this.project, files);
  }

  /** The project with the chosen views alone. */
  public Project project() {
    return project;
  }

  /**
   * Builds the graph.
   *
   * @param env of {@link PipelineConfiguration#batch()}
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a setting or a file is missing, saying which and where to
   *     give it
   * @throws IllegalStateException if a table has rows where the backfill would write
   */
  public void define(StreamExecutionEnvironment env) throws IOException {
    PipelineSources sources = PipelineSources.of(files.locations(), options);
    BackfillRange range = range();
    CatalogLoader catalog = endpoints.catalog();
    for (FeatureView view : project.views()) {
      requireNoRows(catalog, view, range);
    }
    FeaturePipeline.define(
        env,
        project,
        sources,
        new BackfillSinks(stores(catalog, range), range, backfill.online()),
        new WindowSettings(options.clock(), GENERATION, range.end(), true));
  }

  private StoreSinks stores(CatalogLoader catalog, BackfillRange range) {
    return new StoreSinks(
            project.name(),
            backfill.online() ? endpoints.redis() : null,
            catalog,
            source -> FileDeadLetters.sink(endpoints.deadLetterFolder()),
            range.end())
        .withMaxOpenDays(1);
  }

  private BackfillRange range() throws IOException {
    Long from = backfill.from();
    Long to = backfill.to();
    long newest = Long.MIN_VALUE;
    if (to == null || backfill.online()) {
      newest = files.newestEventTime(options.clock()).orElse(Long.MIN_VALUE);
    }
    long end = to == null ? newest : to;
    return new BackfillRange(from == null ? Long.MIN_VALUE : from, end, Math.min(end, newest));
  }

  private void requireNoRows(CatalogLoader catalog, FeatureView view, BackfillRange range)
      throws IOException {
    try (OfflineTableReader table = OfflineTableReader.open(catalog, project.name(), view)) {
      if (table.hasRowsBetween(range.from(), range.end())) {
        throw new IllegalStateException(
            "view '%s': its table has rows %s, and a backfill does not replace rows yet: give it another range with --from and --to, other views with --view, or drop the table"
                .formatted(view.name(), text(range)));
      }
    } catch (NoSuchTableException e) {
      // The sink is going to create it.
      return;
    }
  }

  private static String text(BackfillRange range) {
    String end = "up to " + Instant.ofEpochMilli(range.end());
    return range.from() == Long.MIN_VALUE
        ? end
        : "from %s %s".formatted(Instant.ofEpochMilli(range.from()), end);
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
