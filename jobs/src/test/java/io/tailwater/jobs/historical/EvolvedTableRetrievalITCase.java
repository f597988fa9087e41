// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training sets of a table whose files are of two definitions, and of one that is behind. */
class EvolvedTableRetrievalITCase {
  private static final long T = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final String VIEW =
      """
      project: crm
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            people: {connector: datagen, columns: {customer_id: BIGINT, seen: TIMESTAMP(3)}}
          query: SELECT * FROM people
          event_timestamp: seen
          features:
      """;

  private static EmbeddedFlink flink;

  @TempDir private Path directory;
  private Settings settings;
  private Project before;
  private Project after;

  @BeforeAll
  static void startFlink() {
    flink = EmbeddedFlink.create(2);
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @BeforeEach
  void fillTheTable() throws Exception {
    settings = Settings.DEFAULT.withWarehouse(directory.resolve("warehouse").toString());
    before =
        project(
            "before",
            "{name: score, type: INT32}",
            "{name: level, type: STRING}",
            "{name: gone, type: STRING}");
    after =
        project(
            "after",
            "{name: fresh, type: STRING}",
            "{name: grade, was: level, type: STRING}",
            "{name: score, type: INT64}");
    append(before, T, 10, "b", "gone");
  }

  @Test
  void labelsOnBothSidesOfTheChangeGetWhatWasTrueThen() throws Exception {
    append(after, T + HOUR, "new", "a", 1L << 40);

    retrieve(after, builder -> builder, "profile:*");

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,fresh,grade,score",
            "1,2026-01-15T12:30:00Z,,b,10",
            "1,2026-01-15T13:30:00Z,new,a,1099511627776");
  }

  @Test
  void whatWasKnownBeforeTheChangeIsReadUnderTheNewNames() throws Exception {
    long known;
    try (OfflineFiller tables = new OfflineFiller(before, catalog())) {
      known = tables.table("profile").currentSnapshot().timestampMillis();
    }
    append(after, T + HOUR, "new", "a", 1L << 40);

    retrieve(after, builder -> builder.asKnownAt(Instant.ofEpochMilli(known)), "profile:*");

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,fresh,grade,score",
            "1,2026-01-15T12:30:00Z,,b,10",
            "1,2026-01-15T13:30:00Z,,b,10");
  }

  @Test
  void aTableThatIsBehindIsReadWhereItCanBeAndNotChanged() throws Exception {
    retrieve(after, builder -> builder, "profile:grade");

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,grade",
            "1,2026-01-15T12:30:00Z,b",
            "1,2026-01-15T13:30:00Z,b");
    assertThatThrownBy(() -> retrieve(after, builder -> builder, "profile:fresh"))
        .hasMessageContaining("has no column 'fresh': start the stream or a backfill");
    assertThatThrownBy(() -> retrieve(after, builder -> builder, "profile:score"))
        .hasMessageContaining("column 'score' of table")
        .hasMessageContaining("is int, expected long");
    retrieve(before, builder -> builder, "profile:level");
    assertThat(output()).contains("1,2026-01-15T12:30:00Z,b");
  }

  private Project project(String name, String... features) throws Exception {
    Path folder = Files.createDirectories(directory.resolve(name));
    String lines = Stream.of(features).map("      - %s\n"::formatted).reduce("", String::concat);
    Files.writeString(folder.resolve("crm.yaml"), VIEW + lines);
    return ProjectLoader.load(folder);
  }

  private void append(Project project, long instant, Object... values) throws Exception {
    try (OfflineFiller tables = new OfflineFiller(project, catalog())) {
      tables.append("profile", new OfflineRow(new Object[] {1L}, instant, instant, values));
    }
  }

  private CatalogLoader catalog() {
    return IcebergCatalogs.loader(String.valueOf(settings.warehouse()), settings.catalog());
  }

  private void retrieve(
      Project project, UnaryOperator<HistoricalRetrieval.Builder> more, String feature)
      throws Exception {
    Path labels = directory.resolve("labels.csv");
    Files.write(
        labels,
        List.of("customer_id,event_timestamp", "1,2026-01-15T12:30:00Z", "1,2026-01-15T13:30:00Z"));
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(2);
    more.apply(
            HistoricalRetrieval.builder(project, settings)
                .labels(labels.toString())
                .features(List.of(FeatureReference.parse(feature)))
                .output(directory.resolve("out.csv").toString()))
        .build()
        .run(env);
  }

  private List<String> output() throws Exception {
    return Files.readAllLines(directory.resolve("out.csv"));
  }
}
