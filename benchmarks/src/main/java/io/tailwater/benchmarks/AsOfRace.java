// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTables;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;

/**
 * The join of labels with a view's rows, beside DuckDB's {@code ASOF JOIN} on the same Parquet
 * files; both write a Parquet file, and every answer is compared. Flink's start is not measured.
 */
final class AsOfRace {
  private static final int ROWS = Integer.getInteger("asof.rows", 2_000_000);
  private static final int LABELS = Integer.getInteger("asof.labels", 500_000);
  private static final int CUSTOMERS = 50_000;
  private static final int FILES = 4;
  private static final int ROUNDS = Integer.getInteger("asof.rounds", 5);
  private static final int THREADS = 2;
  private static final String DEFINITIONS =
      """
      project: race
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      batch_feature_views:
        - name: facts
          entity: customer
          tables: {t: {connector: datagen, columns: {customer_id: BIGINT, at: TIMESTAMP(3)}}}
          query: SELECT * FROM t
          event_timestamp: at
          features:
            - {name: purchases, type: INT64}
            - {name: spend, type: DOUBLE}
            - {name: average, type: DOUBLE}
      """;

  private final Path folder;
  private final Connection duck;

  private AsOfRace(Path folder, Connection duck) {
    this.folder = folder;
    this.duck = duck;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("tailwater-asof-");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      new AsOfRace(folder, duck).run();
    }
  }

  @SuppressWarnings("SystemOut") // a harness prints its results
  private void run() throws Exception {
    sql("SET threads = " + THREADS);
    sql("SET TimeZone = 'UTC'");
    generate();
    Project project = project();
    Settings settings = Settings.DEFAULT.withWarehouse(folder.resolve("warehouse").toString());
    register(project, settings);
    double bestDuck = Double.MAX_VALUE;
    double bestOurs = Double.MAX_VALUE;
    try (EmbeddedFlink flink = EmbeddedFlink.create(THREADS)) {
      for (int round = 1; round <= ROUNDS; round++) {
        double theirs = seconds(this::duckDb);
        double ours = seconds(() -> tailwater(flink, project, settings));
        bestDuck = Math.min(bestDuck, theirs);
        bestOurs = Math.min(bestOurs, ours);
        System.out.printf(
            "round %d: DuckDB %.2f s, Tailwater %.2f s, %d answers differ%n",
            round, theirs, ours, differences());
      }
    }
    System.out.printf(
        "best: DuckDB %.2f s, Tailwater %.2f s, ratio %.1f (%,d labels on %,d rows, %d threads)%n",
        bestDuck, bestOurs, bestOurs / bestDuck, LABELS, ROWS, THREADS);
  }

  private void generate() throws Exception {
    sql("SELECT setseed(0.42)");
    for (int file = 0; file < FILES; file++) {
      sql(
          """
          COPY (SELECT (random() * %d)::BIGINT AS customer_id,
              make_timestamptz(1767225600000000 + (random() * 2592000000)::BIGINT * 1000) AS event_timestamp,
              i AS purchases, random() * 1000 AS spend, random() AS average,
              make_timestamptz(1769817600000000 + i * 1000) AS created_timestamp
            FROM range(%d, %d) t(i)) TO '%s' (FORMAT parquet, COMPRESSION zstd)
          """
              .formatted(
                  CUSTOMERS,
                  (long) file * ROWS / FILES,
                  (long) (file + 1) * ROWS / FILES,
                  rows(file)));
    }
    sql(
        """
        COPY (SELECT (random() * %d)::BIGINT AS customer_id,
            make_timestamptz(1767225600000000 + (random() * 2592000000)::BIGINT * 1000) AS event_timestamp,
            i AS id
          FROM range(%d) t(i)) TO '%s' (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(CUSTOMERS, LABELS, folder.resolve("labels.parquet")));
  }

  private Path rows(int file) {
    return folder.resolve("rows-" + file + ".parquet");
  }

  private Project project() throws Exception {
    Path definitions = Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(definitions.resolve("race.yaml"), DEFINITIONS);
    return ProjectLoader.load(definitions);
  }

  /** Makes the Parquet files the view's table, as they are. */
  private void register(Project project, Settings settings) throws Exception {
    CatalogLoader loader =
        IcebergCatalogs.loader(folder.resolve("warehouse").toString(), settings.catalog());
    Catalog catalog = loader.loadCatalog();
    try {
      TableIdentifier name = OfflineTables.identifier(project.name(), "facts");
      Table made =
          OfflineTables.createOrVerify(
              catalog, project.name(), project.storedView("facts").orElseThrow());
      catalog.dropTable(name);
      Table table =
          catalog
              .buildTable(name, made.schema())
              .withPartitionSpec(PartitionSpec.unpartitioned())
              .create();
      table
          .updateProperties()
          .set(
              TableProperties.DEFAULT_NAME_MAPPING,
              NameMappingParser.toJson(MappingUtil.create(table.schema())))
          .commit();
      AppendFiles append = table.newAppend();
      for (int file = 0; file < FILES; file++) {
        append.appendFile(
            DataFiles.builder(table.spec())
                .withPath("file://" + rows(file))
                .withFileSizeInBytes(Files.size(rows(file)))
                .withRecordCount((long) (file + 1) * ROWS / FILES - (long) file * ROWS / FILES)
                .build());
      }
      append.commit();
    } finally {
      if (catalog instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }

  private void duckDb() throws Exception {
    sql(
        """
        COPY (SELECT l.*, r.purchases, r.spend, r.average
          FROM '%s' l ASOF LEFT JOIN '%s' r
          ON l.customer_id = r.customer_id AND l.event_timestamp >= r.event_timestamp)
        TO '%s' (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                folder.resolve("labels.parquet"),
                folder.resolve("rows-*.parquet"),
                folder.resolve("duckdb.parquet")));
  }

  private void tailwater(EmbeddedFlink flink, Project project, Settings settings) throws Exception {
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(THREADS);
    HistoricalRetrieval.builder(project, settings)
        .labels(folder.resolve("labels.parquet").toString())
        .features(List.of(new FeatureReference("facts", "*")))
        .output(folder.resolve("tailwater.parquet").toString())
        .build()
        .run(env);
  }

  /** Labels that have another answer. Two rows of one customer and instant do not come up. */
  private long differences() throws Exception {
    try (Statement statement = duck.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT count(*) FROM '%s' d FULL JOIN '%s' t USING (id)
                WHERE d.purchases IS DISTINCT FROM t.purchases
                  OR d.spend IS DISTINCT FROM t.spend OR d.average IS DISTINCT FROM t.average
                  OR d.customer_id IS DISTINCT FROM t.customer_id
                  OR d.event_timestamp IS DISTINCT FROM t.event_timestamp
                """
                    .formatted(
                        folder.resolve("duckdb.parquet"), folder.resolve("tailwater.parquet")))) {
      result.next();
      return result.getLong(1);
    }
  }

  private void sql(String text) throws Exception {
    try (Statement statement = duck.createStatement()) {
      statement.execute(text);
    }
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** What is measured. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }
}
