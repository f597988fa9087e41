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
 * The whole way from the text of definitions to vectors: random projects, written as YAML and Avro
 * schemas, over random hostile streams of up to three entities each. Every online vector and the
 * final offline tables equal a recomputation that selects and computes in plain Java, and at a
 * sample of instants the tables equal what DuckDB answers; all to the bit.
 *
 * <p>The default build runs 60 projects with 25 streams each: 1,500 streams, 4,000 of one entity.
 */
class DefinitionsPropertyTest {
  private static final int STREAMS = 25;
  private static final int MOST_EVENTS = 100;

  @TempDir private Path folder;
  private int entityStreams;
  private long sqlValues;

  @Test
  void equalsRecomputationAndSql() throws IOException, SQLException {
    run(1, 60);
  }

  @Test
  @Tag("full")
  void equalsRecomputationAndSqlAtLength() throws IOException, SQLException {
    run(1_000_000, 3_000);
  }

  private void run(long firstSeed, int projects) throws IOException, SQLException {
    try (Duck duck = new Duck()) {
      for (long seed = firstSeed; seed < firstSeed + projects; seed++) {
        runProject(seed, duck);
      }
    }
    assertThat(entityStreams).as("streams of one entity").isGreaterThan(50 * projects);
    assertThat(sqlValues).as("values compared with SQL").isGreaterThan(100L * projects);
  }

  private void runProject(long seed, Duck duck) throws IOException {
    Random random = new Random(seed);
    TimeScale scale = TimeScale.next(random);
    List<ValueType> joinKeys = RandomView.joinKeys(random);
    PlainView view = RandomView.next(random, scale, joinKeys);
    try {
      ViewProgram program = ViewProgram.compile(load(view));
      List<EntityRun> entities = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        StreamRun stream = new StreamRun(random, view, program, scale, joinKeys);
        entities.addAll(stream.run(MOST_EVENTS));
      }
      entityStreams += entities.size();
      sqlValues += new SqlComparison(random, view, entities).compare(duck);
    } catch (AssertionError | RuntimeException | SQLException e) {
      throw new AssertionError(
          "seed %d: %s\n%s\n%s".formatted(seed, e.getMessage(), view.yaml(), view.schemas()), e);
    }
  }

  /** Through the files that an author would write. */
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
