// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.jobs.historical.join.JoinedView;
import io.tailwater.jobs.historical.labels.LabelLocation;
import io.tailwater.jobs.historical.labels.LabelScan;
import io.tailwater.jobs.historical.labels.Labels;
import io.tailwater.jobs.historical.output.FeatureColumn;
import io.tailwater.jobs.historical.output.TrainingSet;
import io.tailwater.sinks.iceberg.OfflineTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.jspecify.annotations.Nullable;

/** Checks a request, all of it before anything runs, and builds its graph. */
final class RetrievalDefinition {
  private final Project project;
  private final RetrievalRequest request;
  private final Supplier<CatalogLoader> catalog;
  private final List<String> problems = new ArrayList<>();

  RetrievalDefinition(Project project, RetrievalRequest request, Supplier<CatalogLoader> catalog) {
    this.project = project;
    this.request = request;
    this.catalog = catalog;
  }

  DefinedRetrieval define(StreamExecutionEnvironment env) throws IOException {
    TrainingSetPlan plan = attempt(this::plan);
    Labels labels = attempt(() -> LabelLocation.open(request.labels(), catalog));
    attempt(
        () -> {
          TrainingSet.check(request.output());
          return request.output();
        });
    if (plan == null || labels == null) {
      throw refused();
    }
    labels.problems(plan.fields()).forEach(problem -> problems.add(of(labels, problem)));
    checkNames(plan, labels);
    Map<JoinedView, ViewTable> tables = tables(plan);
    refuseProblems();
    IncompleteFeatures incomplete = IncompleteFeatures.of(tables);
    LabelScan scan = LabelScan.of(labels, plan.fields(), incomplete.firstLabels());
    scan.problems().forEach(problem -> problems.add(of(labels, problem)));
    refuseProblems();
    Set<String> unknown = new HashSet<>();
    tables.forEach(
        (view, table) -> {
          if (request.knownAt() != null && table.snapshot() == null) {
            unknown.add(view.name());
          }
        });
    plan.views().stream()
        .filter(view -> !tables.containsKey(view))
        .forEach(view -> unknown.add(view.name()));
    new RetrievalGraph(project.name(), plan, labels, scan, request, tables, catalog).define(env);
    return new DefinedRetrieval(
        plan, new SummaryFrame(scan.zoneless(), incomplete.counted(scan.earlier()), unknown));
  }

  private TrainingSetPlan plan() {
    FeatureService service = request.service();
    AsOf asOf = request.asOf();
    if (service == null) {
      return TrainingSetPlan.of(
          RetrievalPlan.of(project, request.features(), asOf == null ? AsOf.AT : asOf));
    }
    return TrainingSetPlan.of(
        RetrievalPlan.ofService(project, service, asOf == null ? service.asOf() : asOf));
  }

  /** Labels and features side by side need different names. */
  private void checkNames(TrainingSetPlan plan, Labels labels) {
    for (FeatureColumn column : plan.columns()) {
      if (labels.columns().contains(column.name())) {
        problems.add(
            of(
                labels,
                "column '%s' has the name of a feature: rename it or leave it out"
                    .formatted(column.name())));
      }
    }
  }

  /** The tables of the views; none for a view that did not exist at the instant asked for. */
  private Map<JoinedView, ViewTable> tables(TrainingSetPlan plan) throws IOException {
    Map<JoinedView, ViewTable> tables = new LinkedHashMap<>();
    for (JoinedView view : plan.views()) {
      ViewTable table = attempt(() -> table(view));
      if (table != null) {
        problems.addAll(table.problems(view));
        tables.put(view, table);
      }
    }
    return tables;
  }

  private @Nullable ViewTable table(JoinedView view) throws IOException {
    TableIdentifier name = OfflineTables.identifier(project.name(), view.view());
    Long knownAt = request.knownAt();
    try (TableLoader loader = TableLoader.fromCatalog(catalog.get(), name)) {
      loader.open();
      return knownAt == null
          ? ViewTable.current(loader.loadTable())
          : ViewTable.asOf(loader.loadTable(), knownAt);
    } catch (NoSuchTableException e) {
      if (knownAt != null) {
        return null;
      }
      throw new IllegalArgumentException(
          "view '%s': found no table %s in the warehouse: fill it first, with a stream, a backfill or materialize"
              .formatted(view.name(), name),
          e);
    }
  }

  private <T> @Nullable T attempt(Attempt<T> attempt) throws IOException {
    try {
      return attempt.run();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String of(Labels labels, String problem) {
    return "labels '%s': %s".formatted(labels.name(), problem);
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      throw refused();
    }
  }

  private IllegalArgumentException refused() {
    return new IllegalArgumentException(
        String.join(System.lineSeparator(), problems.stream().distinct().toList()));
  }

  /** Something that may be refused. */
  @FunctionalInterface
  private interface Attempt<T> {
    @Nullable T run() throws IOException;
  }
}
