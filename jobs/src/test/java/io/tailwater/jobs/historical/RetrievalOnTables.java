// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Labels that are joined with rows in real tables, in a Flink of the test class. */
abstract class RetrievalOnTables {
  static final long T = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();

  private static EmbeddedFlink flink;

  @TempDir Path directory;
  private Project project;
  private Settings settings;
  OfflineFiller tables;

  @BeforeAll
  static void startFlink() {
    flink = EmbeddedFlink.create(2);
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @BeforeEach
  void openTables() throws Exception {
    project = ProjectLoader.load(Path.of(getClass().getResource("/historical").toURI()));
    settings = Settings.DEFAULT.withWarehouse(directory.resolve("warehouse").toString());
    tables =
        new OfflineFiller(
            project, IcebergCatalogs.loader(settings.warehouse(), settings.catalog()));
  }

  @AfterEach
  void closeTables() throws Exception {
    tables.close();
  }

  static OfflineRow profile(long customer, long at, long score) {
    return row(customer, at, at, score);
  }

  static OfflineRow row(long customer, long at, long created, long score) {
    return new OfflineRow(new Object[] {customer}, at, created, new Object[] {score, "Porto", at});
  }

  RetrievalSummary retrieve(String... features) throws Exception {
    return retrieve(builder -> builder.features(features(features)));
  }

  static List<FeatureReference> features(String... features) {
    return Stream.of(features)
        .map(name -> new FeatureReference(name.split(":")[0], name.split(":")[1]))
        .toList();
  }

  RetrievalSummary retrieve(UnaryOperator<HistoricalRetrieval.Builder> more, String... labels)
      throws Exception {
    if (labels.length > 0) {
      labels(labels);
    }
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(2);
    return more.apply(
            HistoricalRetrieval.builder(project, settings)
                .labels(directory.resolve("labels.csv").toString())
                .output(directory.resolve("out.csv").toString()))
        .build()
        .run(env);
  }

  void labels(String... lines) throws Exception {
    Files.write(directory.resolve("labels.csv"), List.of(lines));
  }

  List<String> output() throws Exception {
    return Files.readAllLines(directory.resolve("out.csv"));
  }
}
