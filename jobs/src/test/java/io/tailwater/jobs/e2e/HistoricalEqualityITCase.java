// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.historical.output.FeatureText;
import io.tailwater.jobs.source.CsvTable;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training sets over tables that a stream wrote and over tables that a backfill wrote, against a
 * computation from scratch for each label.
 */
class HistoricalEqualityITCase {
  private static final long SEED = 20_261_127;
  private static final int EVENTS = 2_000;
  private static final int LABELS = 600;

  @TempDir private Path directory;

  /** A label: a key of each entity, by the name of the join key, and an instant. */
  private record Label(Map<String, Object> keys, long instant) {}

  @Test
  void equalsAComputationFromScratch() throws Exception {
    Project project = Deployment.project("equality");
    List<Line> lines = EqualityEvents.inOrder(SEED, EVENTS);
    long end = EqualityOracle.newest(project.sources(), lines, Instant.now().toEpochMilli());
    Map<FeatureView, EqualityOracle> oracles = new LinkedHashMap<>();
    project.views().forEach(view -> oracles.put(view, new EqualityOracle(view, lines, end)));
    List<Label> labels = labels(oracles);
    List<Label> events = events(oracles);
    try (EmbeddedFlink flink = EmbeddedFlink.create(4);
        EmbeddedRedis streamRedis = EmbeddedRedis.create();
        EmbeddedRedis batchRedis = EmbeddedRedis.create()) {
      Deployment stream =
          new Deployment(streamRedis, Files.createDirectory(directory.resolve("stream")));
      Deployment batch =
          new Deployment(batchRedis, Files.createDirectory(directory.resolve("batch")));
      new EqualityRun(
              flink, project, stream, EqualityITCase.files(stream.directory(), project, lines))
          .stream();
      new EqualityRun(
              flink, project, batch, EqualityITCase.files(batch.directory(), project, lines))
          .batch();
      for (Deployment deployment : List.of(stream, batch)) {
        assertThat(differences(flink, project, deployment, labels, oracles, AsOf.AT))
            .as("seed %d, at, %s", SEED, deployment.directory())
            .isEmpty();
        assertThat(differences(flink, project, deployment, events, oracles, AsOf.BEFORE))
            .as("seed %d, before, %s", SEED, deployment.directory())
            .isEmpty();
      }
    }
  }

  private static List<String> differences(
      EmbeddedFlink flink,
      Project project,
      Deployment deployment,
      List<Label> labels,
      Map<FeatureView, EqualityOracle> oracles,
      AsOf asOf)
      throws Exception {
    List<String> keys = List.copyOf(labels.get(0).keys().keySet());
    List<String> text = new ArrayList<>();
    text.add(String.join(",", keys) + ",event_timestamp");
    for (Label label : labels) {
      StringBuilder line = new StringBuilder();
      label.keys().values().forEach(key -> line.append(key).append(','));
      text.add(line.append(Instant.ofEpochMilli(label.instant())).toString());
    }
    Path file = Files.write(deployment.directory().resolve("labels.csv"), text);
    Path output = deployment.directory().resolve("training.csv");
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(2);
    HistoricalRetrieval.builder(project, deployment.settings())
        .labels(file.toString())
        .features(
            project.views().stream().map(view -> new FeatureReference(view.name(), "*")).toList())
        .asOf(asOf)
        .output(output.toString())
        .build()
        .run(env);
    return differences(output, labels, oracles, asOf);
  }

  private static List<String> differences(
      Path output, List<Label> labels, Map<FeatureView, EqualityOracle> oracles, AsOf asOf)
      throws Exception {
    List<String> differences = new ArrayList<>();
    try (CsvTable table = CsvTable.open(Files.newInputStream(output))) {
      for (Label label : labels) {
        assertThat(table.next()).isTrue();
        table.split();
        int column = label.keys().size() + 1;
        for (Map.Entry<FeatureView, EqualityOracle> view : oracles.entrySet()) {
          List<Object> key =
              view.getKey().entity().joinKeys().stream()
                  .map(JoinKey::name)
                  .map(label.keys()::get)
                  .toList();
          Object[] expected =
              asOf == AsOf.AT
                  ? view.getValue().at(key, label.instant())
                  : view.getValue().before(key, label.instant());
          List<Feature> features = view.getKey().features();
          for (int i = 0; i < features.size(); i++, column++) {
            Object value = expected == null ? null : expected[i];
            String wanted = value == null ? "" : FeatureText.of(features.get(i).type(), value);
            if (!table.text(column).equals(wanted)) {
              differences.add(
                  "%s %s: %s is %s, not %s"
                      .formatted(
                          label,
                          view.getKey().name(),
                          features.get(i).name(),
                          table.text(column),
                          wanted));
            }
          }
        }
      }
      assertThat(table.next()).isFalse();
    }
    return differences;
  }

  /** At steps of the vectors, a millisecond beside them, and anywhere. */
  private static List<Label> labels(Map<FeatureView, EqualityOracle> oracles) {
    Random random = new Random(SEED);
    List<FeatureView> views = List.copyOf(oracles.keySet());
    List<Label> labels = new ArrayList<>();
    while (labels.size() < LABELS) {
      FeatureView view = views.get(random.nextInt(views.size()));
      List<Object> key = any(oracles.get(view).keys(), random);
      List<Long> steps = oracles.get(view).steps(key);
      long first = steps.get(0);
      long last = steps.get(steps.size() - 1);
      long instant =
          random.nextInt(4) == 0
              ? first - 5 + random.nextLong(last - first + 5)
              : Math.min(last, any(steps, random) + random.nextInt(3) - 1);
      labels.add(new Label(keys(oracles, view, key, random), instant));
    }
    return labels;
  }

  /** At the instants of events, in the order of time: as a fraud model is asked. */
  private static List<Label> events(Map<FeatureView, EqualityOracle> oracles) {
    Random random = new Random(SEED + 1);
    List<Label> labels = new ArrayList<>();
    FeatureView view = oracles.keySet().iterator().next();
    for (List<Object> key : oracles.get(view).keys()) {
      for (long instant : oracles.get(view).eventTimes(key)) {
        if (random.nextInt(3) == 0) {
          labels.add(new Label(keys(oracles, view, key, random), instant));
        }
      }
    }
    return labels;
  }

  /** The key of a view, and a random one of each other entity. */
  private static Map<String, Object> keys(
      Map<FeatureView, EqualityOracle> oracles,
      FeatureView chosen,
      List<Object> key,
      Random random) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (Map.Entry<FeatureView, EqualityOracle> view : oracles.entrySet()) {
      put(view.getKey(), any(view.getValue().keys(), random), keys);
    }
    Map<String, Object> own = new LinkedHashMap<>();
    put(chosen, key, own);
    own.forEach(keys::put);
    return keys;
  }

  private static void put(FeatureView view, List<Object> key, Map<String, Object> keys) {
    for (int i = 0; i < key.size(); i++) {
      keys.put(view.entity().joinKeys().get(i).name(), key.get(i));
    }
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
