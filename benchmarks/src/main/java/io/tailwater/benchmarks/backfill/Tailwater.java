// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Our own backfill into a new Iceberg table, as {@code tailwater backfill} runs it. */
final class Tailwater {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "sale", "fields": [
        {"name": "customer_id", "type": "long"},
        {"name": "amount", "type": "double"},
        {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "id", "type": "long"}]}
      """;

  private static final String DEFINITIONS =
      """
      project: race
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: sales, schema: sale.avsc, event_time: ts, event_id: [id]}
      feature_views:
        - name: spending
          entity: customer
          source: sales
          features:
      """;

  private Tailwater() {}

  static void measure(Path events, Path folder, int rounds, int threads) throws Exception {
    Project project = project(Files.createDirectories(folder.resolve("definitions")));
    try (EmbeddedFlink flink = EmbeddedFlink.create(threads)) {
      Rounds.measure(
          rounds,
          folder,
          output -> {
            StreamExecutionEnvironment env =
                flink.environment(PipelineConfiguration.pipelinedBatch());
            env.setParallelism(threads);
            Settings settings =
                Settings.DEFAULT
                    .withWarehouse(Files.createDirectories(output).toString())
                    .withDeadLetters(folder.resolve("dead-letters").toString());
            new BackfillJob(
                    project,
                    settings,
                    Map.of("sales", events),
                    BackfillOptions.ALL,
                    SourceOptions.defaults())
                .define(env);
            env.execute("backfill");
          });
    }
  }

  private static Project project(Path definitions) throws IOException {
    StringJoiner features = new StringJoiner("");
    String windows = String.join(", ", SalesHistory.WINDOWS.keySet());
    SalesHistory.AGGREGATES.forEach(
        (name, sql) ->
            features.add(
                "      - {name: %s, aggregate: \"%s\", windows: [%s]}%n"
                    .formatted(name, sql, windows)));
    Files.writeString(definitions.resolve("sale.avsc"), SCHEMA);
    Files.writeString(definitions.resolve("race.yaml"), DEFINITIONS + features);
    return ProjectLoader.load(definitions);
  }

  /** The Parquet files of the table that a round has made. */
  static String files(Path output) {
    return output.resolve("**/*.parquet").toString();
  }
}
