// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.random.TimeScale;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way from the text of definitions to vectors. A case is a random project, written as
 * YAML and Avro schemas, and random hostile streams of up to three entities each: every online
 * vector and the final offline tables equal a recomputation that selects and computes in plain
 * Java, to the bit, and of a sample of instants what DuckDB answers.
 */
class DefinitionsPropertyTest {
  private static final int STREAMS = Integer.getInteger("streams", 25);
  private static final int MOST_EVENTS = Integer.getInteger("events", 100);

  @TempDir private Path folder;

  @Test
  void equalsRecomputationAndSql() throws IOException, SQLException {
    run(1, Integer.getInteger("projects", 100));
  }

  @Test
  @Tag("full")
  void equalsRecomputationAndSqlAtLength() throws IOException, SQLException {
    run(1_000_000, 4_000);
  }

  private void run(long firstSeed, int projects) throws IOException, SQLException {
    long t0 = System.nanoTime();
    try (Duck duck = new Duck()) {
      for (long seed = firstSeed; seed < firstSeed + projects; seed++) {
        runProject(seed, duck);
      }
    }
    System.out.println(
        "load "
            + tl / 1000000
            + " run "
            + tr / 1000000
            + " sql "
            + ts / 1000000
            + " ents "
            + ents
            + " ev "
            + evs
            + " cmp "
            + cmp);
  }

  static long tl, tr, ts, ents, evs, cmp;

  static long cpu() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void runProject(long seed, Duck duck) throws IOException, SQLException {
    Random random = new Random(seed);
    TimeScale scale = TimeScale.next(random);
    List<ValueType> joinKeys = RandomView.joinKeys(random);
    PlainView view = RandomView.next(random, scale, joinKeys);
    try {
      long c0 = cpu();
      ViewProgram program = ViewProgram.compile(load(view));
      List<EntityRun> entities = new ArrayList<>();
      long c1 = cpu();
      for (int i = 0; i < STREAMS; i++) {
        entities.addAll(new StreamRun(random, view, program, scale, joinKeys).run(MOST_EVENTS));
      }
      long c2 = cpu();
      cmp += new SqlComparison(random, view, entities).compare(duck);
      long c3 = cpu();
      tl += c1 - c0;
      tr += c2 - c1;
      ts += c3 - c2;
      ents += entities.size();
      for (EntityRun r : entities) evs += r.events().size();
    } catch (AssertionError | RuntimeException | SQLException e) {
      throw new AssertionError(
          "seed %d: %s\n%s\n%s".formatted(seed, e.getMessage(), view.yaml(), view.schemas()), e);
    }
  }

  private FeatureView load(PlainView view) throws IOException {
    Files.writeString(folder.resolve("p.yaml"), view.yaml());
    for (Map.Entry<String, String> schema : view.schemas().entrySet()) {
      Files.writeString(folder.resolve(schema.getKey()), schema.getValue());
    }
    FeatureView loaded = ProjectLoader.load(folder).views().get(0);
    assertThat(loaded.features().stream().map(Feature::name).toList())
        .isEqualTo(view.features().stream().map(PlainFeature::name).toList());
    assertThat(loaded.features().stream().map(Feature::type).toList())
        .isEqualTo(view.features().stream().map(PlainFeature::type).toList());
    return loaded;
  }
}
