// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.embedded.Await;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.source.Savepoints;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A project that is stopped with a savepoint in the middle of a backlog and goes on with other
 * definitions, a view for each kind of change, against the naive recomputation of all events.
 */
class EvolutionITCase extends KafkaOnFlink {
  private static final long SEED = 20260728;
  private static final int ORDERS = 20_000;
  private static final int CUSTOMERS = 100;

  /** The features of each view that are to be known at every instant. */
  private static final Map<String, List<String>> UNTOUCHED =
      Map.of(
          "adds", List.of("count_6h", "sum_1d"),
          "adds_of_new", List.of("count_6h", "sum_1d"),
          "drops", List.of("count_6h", "sum_1d"),
          "lengthens", List.of("count_6h"),
          "shortens", List.of("count_6h"),
          "filters", List.of("count_6h"),
          "renames", List.of("orders_6h", "sum_1d"),
          "joins", List.of("count_6h", "sum_1d"),
          "parts", List.of("count_6h", "sum_1d"));

  @ParameterizedTest
  @CsvSource({"hashmap", "rocksdb"})
  void goesOnExactlyWithOtherDefinitions(String backend, @TempDir Path savepoints)
      throws Exception {
    EvolvedShop shop = new EvolvedShop(topic);
    EvolvedEvents events = new EvolvedEvents(SEED, NOW, ORDERS, CUSTOMERS);
    events.sendFirst(kafka, shop);
    String first = run(shop.before(), backend, null, savepoints, events.end());
    SavedStream before = SavedStream.read(first);
    events.sendOthers(kafka, shop);
    String second = run(shop.after(), backend, first, savepoints, events.end());
    Map<String, Map<String, Long>> complete = new HashMap<>();
    SavedStream.read(second)
        .views()
        .forEach((view, saved) -> complete.put(view, saved.completeFrom()));

    assertThat(before.views()).containsOnlyKeys(names(shop.before()));
    assertThat(complete).containsOnlyKeys(names(shop.after()));
    UNTOUCHED.forEach(
        (view, features) ->
            features.forEach(
                feature ->
                    assertThat(complete.get(view))
                        .as(view)
                        .containsEntry(feature, Completeness.ALWAYS)));
    for (FeatureView view : shop.after().views()) {
      check(view, events, complete.get(view.name()));
    }
  }

  private static String[] names(Project project) {
    return project.views().stream().map(FeatureView::name).toArray(String[]::new);
  }

  /** Runs until some or all events have been read, and stops with a savepoint. */
  private String run(Project project, String backend, String from, Path savepoints, long end)
      throws Exception {
    Configuration settings = PipelineConfiguration.base();
    settings.set(StateBackendOptions.STATE_BACKEND, backend);
    if (from != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
    }
    StreamExecutionEnvironment env = flink.environment(settings);
    env.setParallelism(2);
    Map<String, KafkaLocation> locations = new HashMap<>();
    Map<String, Long> knownFrom = new HashMap<>();
    SavedStream saved = from == null ? null : SavedStream.read(from);
    for (var source : project.readSources()) {
      locations.put(source.name(), KafkaLocation.of(kafka.bootstrap()));
      knownFrom.put(
          source.name(),
          saved != null && saved.reads(source)
              ? saved.knownFrom(source).orElseThrow()
              : Completeness.ALWAYS);
    }
    String version = topic + (from == null ? "-before-" : "-after-");
    SourceOptions options = SourceOptions.defaults().withClock(clock);
    FeaturePipeline.define(
        env,
        project,
        PipelineSources.of(Map.copyOf(locations), options),
        new SeparateSinks(version),
        new WindowSettings(clock, clock.millis(), WindowSettings.UNBOUNDED, false)
            .withKnownFrom(knownFrom));
    if (saved != null) {
      saved.check(project);
      saved.forgetDropped(env, project);
    }
    JobClient client = env.executeAsync(version);
    for (FeatureView view : project.views()) {
      Collected stores = Collected.of(SeparateSinks.store(version, view.name()));
      Await.until(
          () -> "%s: %d, expected %d".formatted(view.name(), stores.watermark(), end),
          () -> from == null ? stores.rows() > 100 : stores.watermark() >= end);
    }
    return Savepoints.stop(client, savepoints);
  }

  private void check(FeatureView view, EvolvedEvents events, Map<String, Long> completeFrom) {
    ViewProgram program = ViewProgram.compile(view);
    List<String> names = view.storedFeatures().stream().map(Feature::name).toList();
    Map<Object, TreeMap<Long, Map<String, Object>>> table = table(view);
    Map<Long, List<NaiveEvent>> taken = events.of(view, program);
    int compared = 0;
    for (long customer = 0; customer < CUSTOMERS; customer += 7) {
      NaiveViews naive = new NaiveViews(program.plan(), taken.getOrDefault(customer, List.of()));
      Object[] nothing = program.features(new NaiveViews(program.plan(), List.of()).at(NOW));
      for (long instant : naive.steps().headSet(events.end())) {
        Object[] expected = program.features(naive.at(instant));
        for (int i = 0; i < expected.length; i++) {
          if (instant >= completeFrom.get(names.get(i))) {
            var row = table.get(customer).floorEntry(instant);
            // Without a row nothing had happened that the view knew of then.
            Object found = row == null ? nothing[i] : row.getValue().get(names.get(i));
            assertThat(NaiveViews.sameBits(new Object[] {found}, new Object[] {expected[i]}))
                .as(
                    "view %s, %s of %d at %d: found %s in row %s, expected %s",
                    view.name(), names.get(i), customer, instant, found, row, expected[i])
                .isTrue();
            compared++;
          }
        }
      }
    }
    assertThat(compared).as("values of view %s that are known", view.name()).isPositive();
  }

  /** The rows of both versions by name, later ones over earlier ones. */
  private Map<Object, TreeMap<Long, Map<String, Object>>> table(FeatureView view) {
    Map<Object, TreeMap<Long, Map<String, Object>>> table = new HashMap<>();
    Map<String, String> renamed = new HashMap<>();
    view.storedFeatures().stream()
        .filter(feature -> feature.was() != null)
        .forEach(feature -> renamed.put(feature.was(), feature.name()));
    EvolvedShop shop = new EvolvedShop(topic);
    shop.before().views().stream()
        .filter(before -> before.name().equals(view.name()))
        .forEach(before -> add("-before-", before, renamed, table));
    add("-after-", view, Map.of(), table);
    return table;
  }

  private void add(
      String version,
      FeatureView view,
      Map<String, String> renamed,
      Map<Object, TreeMap<Long, Map<String, Object>>> table) {
    List<Feature> features = view.storedFeatures();
    Collected.of(SeparateSinks.store(topic + version, view.name()))
        .offline()
        .forEach(
            (customer, rows) -> {
              for (OfflineRow row : rows) {
                Map<String, Object> values = new HashMap<>();
                for (int i = 0; i < features.size(); i++) {
                  String name = features.get(i).name();
                  values.put(renamed.getOrDefault(name, name), row.values()[i]);
                }
                table
                    .computeIfAbsent(customer, added -> new TreeMap<>())
                    .put(row.eventTimestamp(), values);
              }
            });
  }
}
