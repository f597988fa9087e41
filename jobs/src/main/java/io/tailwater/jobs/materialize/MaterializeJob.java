// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.topology.AppliedVersion;
import io.tailwater.jobs.topology.Endpoints;
import io.tailwater.jobs.topology.StoreSinks;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.deadletter.FileDeadLetters;
import io.tailwater.sinks.iceberg.OfflineRowSource;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.redis.MaterializedPosition;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/**
 * Brings views up to date: batch views from their queries into both stores, views over events from
 * their offline tables into the online store. One Flink job in batch mode; doing it twice is doing
 * it once. Everything that can be wrong with endpoints, queries and tables is found before the job
 * starts. Not thread-safe.
 */
public final class MaterializeJob {
  private final Project project;
  private final Endpoints endpoints;
  private final MaterializeOptions options;
  private final EventClock clock;
  private final Map<String, String> environment;
  private final List<StoredView> views;
  private final Map<StoredView, MaterializedPosition> reached = new LinkedHashMap<>();

  /**
   * @param environment the variables that tables' options may name; as a rule {@link
   *     System#getenv()}
   * @throws IllegalArgumentException if there is no view of a given name, or the end has not come
   */
  public MaterializeJob(
      Project project,
      Settings settings,
      MaterializeOptions options,
      EventClock clock,
      Map<String, String> environment) {
    this.project = requireNonNull(project, "project is null");
    this.endpoints = new Endpoints(requireNonNull(settings, "settings is null"));
    this.options = requireNonNull(options, "options is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.environment = Map.copyOf(environment);
    this.views = chosen(project, options.views());
    if (options.end() > clock.millis()) {
      throw new IllegalArgumentException(
          "the end %s has not come yet: rows of the future would stand in the way of a stream's; expected at most %s, the clock"
              .formatted(
                  Instant.ofEpochMilli(options.end()), Instant.ofEpochMilli(clock.millis())));
    }
  }

  /** The project whose views are materialized. */
  public Project project() {
    return project;
  }

  /**
   * Builds the graph.
   *
   * @param env of {@link io.tailwater.jobs.topology.PipelineConfiguration#batch()}
   * @return whether there is anything to run: tables that are empty give no graph
   * @throws IOException if a catalog cannot be closed
   * @throws IllegalArgumentException if a setting is missing, a query or one of its columns is
   *     wrong, or a view stands beyond the end: with all problems of their kind
   * @throws IllegalStateException if Redis does not answer, or the JVM's time zone is not UTC where
   *     JDBC reads times
   */
  public boolean define(StreamExecutionEnvironment env) throws IOException {
    requireUtcForJdbc();
    Positions positions = new Positions(endpoints.redis(project), project.name());
    Map<StoredView, MaterializedPosition> before =
        options.incremental() ? positions.read(views, options.end()) : Map.of();
    AppliedVersion applied = AppliedVersion.require(project, endpoints.redis(project), views);
    Map<BatchFeatureView, BatchQuery> queries = queries(env);
    CatalogLoader catalog = endpoints.catalog();
    long now = clock.millis();
    StoreSinks sinks =
        new StoreSinks(
                project.name(),
                endpoints.redis(project),
                catalog,
                source -> FileDeadLetters.sink(endpoints.deadLetterFolder()),
                WindowSettings.UNBOUNDED)
            .withMaxOpenDays(1);
    ViewGraphs graphs = new ViewGraphs(sinks, now);
    List<DataStream<DeadLetter>> deadLetters = new ArrayList<>();
    boolean hasWork = false;
    for (StoredView view : views) {
      try (OfflineRowSource table = OfflineRowSource.open(catalog, project.name(), view)) {
        reached.put(view, new MaterializedPosition(options.end(), table.snapshot()));
        TableRows rows = new TableRows(env, view, table);
        if (view instanceof BatchFeatureView batch) {
          BatchQuery query = requireNonNull(queries.get(batch), "a query is missing");
          Long from = from(before.get(view));
          deadLetters.add(
              graphs.queryToStores(
                  batch,
                  query.rows(from, options.end()),
                  rows.between(from, options.end()),
                  table.snapshot()));
          hasWork = true;
        } else {
          hasWork |= tableToOnline(graphs, rows, before.get(view));
        }
      }
    }
    applied.stamp(catalog, project.name(), views);
    deadLetters.stream()
        .reduce((some, others) -> some.union(others))
        .ifPresent(
            letters ->
                letters
                    .sinkTo(FileDeadLetters.sink(endpoints.deadLetterFolder()))
                    .name("dead letters")
                    .uid("dead-letters"));
    return hasWork;
  }

  /**
   * Remembers where the views stand now, if the run was incremental. To be called when the job has
   * finished: whoever does not call it has the next run do the same again.
   *
   * @throws IllegalStateException if Redis does not answer
   */
  public void remember() {
    if (options.incremental()) {
      new Positions(endpoints.redis(project), project.name()).write(reached);
    }
  }

  /** What the job has done so far, view by view, from its accumulators. */
  public List<ViewCounts> counts(Map<String, Object> accumulators) {
    return views.stream()
        .map(view -> ViewCounts.of(view.name(), view instanceof BatchFeatureView, accumulators))
        .toList();
  }

  /** The first event timestamp that a batch view's query is asked for. */
  private @Nullable Long from(@Nullable MaterializedPosition before) {
    Long lookback = options.lookback();
    if (options.incremental() && before != null && lookback != null) {
      return before.end() - lookback;
    }
    return options.start();
  }

  private boolean tableToOnline(
      ViewGraphs graphs, TableRows rows, @Nullable MaterializedPosition before) {
    DataStream<OfflineRow> read =
        before == null
            ? rows.between(options.start(), options.end())
            : rows.since(before, options.end());
    if (read == null) {
      return false;
    }
    graphs.tableToOnline(rows.view(), read, rows.knownUntil(options.end()));
    return true;
  }

  private Map<BatchFeatureView, BatchQuery> queries(StreamExecutionEnvironment env) {
    Map<BatchFeatureView, BatchQuery> queries = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (StoredView view : views) {
      if (view instanceof BatchFeatureView batch) {
        try {
          queries.put(batch, BatchQuery.of(env, batch, environment));
        } catch (IllegalArgumentException e) {
          problems.add(e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
    return queries;
  }

  /**
   * JDBC hands over a time without a zone as one of the JVM's zone, so that it comes out otherwise
   * where clocks are put forward, and a time with a zone comes out in the JVM's.
   */
  private void requireUtcForJdbc() {
    TimeZone zone = TimeZone.getDefault();
    if (zone.hasSameRules(TimeZone.getTimeZone(ZoneOffset.UTC))) {
      return;
    }
    for (StoredView view : views) {
      if (view instanceof BatchFeatureView batch
          && batch.tables().stream().anyMatch(BatchQuery::isJdbc)) {
        throw new IllegalStateException(
            "view '%s' reads times through JDBC, which takes them for times of the JVM's zone: found %s, expected UTC; start with -Duser.timezone=UTC"
                .formatted(view.name(), zone.getID()));
      }
    }
  }

  private static List<StoredView> chosen(Project project, List<String> names) {
    if (names.isEmpty()) {
      return project.storedViews();
    }
    List<String> unknown =
        names.stream().filter(name -> project.storedView(name).isEmpty()).distinct().toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--view %s: found no such view, expected one of %s"
              .formatted(
                  String.join(", ", unknown),
                  project.storedViews().stream().map(StoredView::name).toList()));
    }
    return names.stream().distinct().map(name -> project.storedView(name).orElseThrow()).toList();
  }
}
