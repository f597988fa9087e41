// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static io.tailwater.sinks.TestRows.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.FailsOnce;
import io.tailwater.sinks.TestJobs;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.sinks.types.RandomValues;
import io.tailwater.sinks.types.SerializerFixture;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class IcebergOfflineSinkITCase {
  private static final long START = 1_767_225_600_000L; // 2026-01-01
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);
  private static final FeatureView VIEW =
      TestViews.view(
          "behavior",
          List.of(ValueType.INT64),
          List.of(ValueType.INT64, ValueType.DOUBLE, ValueType.STRING));
  private static final FeatureView ALL_TYPES_VIEW =
      TestViews.view(
          "everything",
          List.of(ValueType.STRING, ValueType.BYTES, ValueType.TIMESTAMP),
          SerializerFixture.ALL_TYPES);
  private static final int ROWS = 4_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(TestJobs.PARALLELISM)
              .build());

  @TempDir Path checkpoints;
  @TempDir Path warehouse;
  CatalogLoader catalog;

  @BeforeEach
  void openCatalog() {
    catalog = IcebergCatalogs.loader(warehouse.toString(), Map.of());
  }

  @Test
  void rowsLandOnceWhenTheJobFailsInBetween() throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(VIEW);
    IcebergOfflineSink.of(catalog, "retail", VIEW)
        .withMaxOpenDays(2)
        .attach(
            TestJobs.rows(environment, type, ROWS, 1_000, IcebergOfflineSinkITCase::row)
                .map(FailsOnce.atRecord("land-once", 1_200))
                .uid("fails-once")
                .returns(type),
            "behavior-offline");

    environment.execute();

    assertThat(FailsOnce.failed("land-once")).isTrue();
    assertThat(contents(rowsOf(VIEW)))
        .isEqualTo(contents(rows(ROWS, IcebergOfflineSinkITCase::row)));
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = open.catalog().loadTable(OfflineTables.identifier("retail", "behavior"));
      everyFileIsOfOneDay(table);
      everyCommitBroughtRows(table);
      everyRowUpToTheWatermarkWasThere(table);
    }
  }

  @Test
  void theEndInstantIsTheLastWatermarkWithOrWithoutRows() throws Exception {
    for (int rows : List.of(0, 20)) {
      StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
      OfflineRowTypeInfo type = OfflineRowTypeInfo.of(VIEW);
      String project = "rows" + rows;
      IcebergOfflineSink.of(catalog, project, VIEW)
          .withEndInstant(START + 500 * HOUR)
          .attach(
              TestJobs.rows(environment, type, 20, 4, IcebergOfflineSinkITCase::row)
                  .filter(row -> rows > 0)
                  .uid("filter"),
              "behavior-offline");

      environment.execute();

      try (OfflineTableReader reader = OfflineTableReader.open(catalog, project, VIEW)) {
        assertThat(reader.rows()).hasSize(rows);
        assertThat(reader.snapshot().watermark()).isEqualTo(START + 500 * HOUR);
      }
    }
  }

  @Test
  void otherEnginesReadTheFilesOfTheSnapshot() throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(VIEW);
    IcebergOfflineSink.of(catalog, "retail", VIEW)
        .attach(
            TestJobs.rows(environment, type, 100, 100, IcebergOfflineSinkITCase::row),
            "behavior-offline");

    environment.execute();

    try (OfflineTableReader reader = OfflineTableReader.open(catalog, "retail", VIEW)) {
      OfflineSnapshot snapshot = reader.snapshot();
      assertThat(Path.of(URI.create(snapshot.metadataLocation()))).isRegularFile();
      assertThat(
              duckDb(
                  "SELECT count(*) || ' ' || sum(f0) || ' ' || max(event_timestamp AT TIME ZONE 'UTC')"
                      + " FROM read_parquet(['%s'])"
                          .formatted(String.join("', '", snapshot.dataFiles()))))
          .isEqualTo("100 4950 2026-01-05 03:00:00");
    }
  }

  private static String duckDb(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private static void everyFileIsOfOneDay(Table table) throws IOException {
    Set<Integer> days = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      tasks.forEach(task -> days.add(task.file().partition().get(0, Integer.class)));
    }
    long first = Math.floorDiv(START, 24 * HOUR);
    assertThat(days)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(first, first + (ROWS + 23) / 24).mapToObj(d -> (int) d).toList());
  }

  private static void everyCommitBroughtRows(Table table) {
    assertThat(table.snapshots()).hasSizeGreaterThanOrEqualTo(3);
    List<Snapshot> butTheEnd = new ArrayList<>();
    table.snapshots().forEach(butTheEnd::add);
    butTheEnd.remove(butTheEnd.size() - 1);
    assertThat(butTheEnd).allSatisfy(s -> assertThat(added(s)).isPositive());
  }

  private static long added(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().getOrDefault("added-records", "0"));
  }

  private static void everyRowUpToTheWatermarkWasThere(Table table) throws IOException {
    int withWatermark = 0;
    long last = Long.MIN_VALUE;
    for (Snapshot snapshot : table.snapshots()) {
      String watermark = snapshot.summary().get("tailwater.watermark");
      if (watermark != null) {
        withWatermark++;
        assertThat(Long.parseLong(watermark)).isGreaterThanOrEqualTo(last);
        last = Long.parseLong(watermark);
        assertThat(numbersIn(table, snapshot)).containsAll(numbersUpTo(last));
      }
    }
    assertThat(withWatermark).isPositive();
    assertThat(numbersUpTo(last)).isNotEmpty();
  }

  private static Set<Long> numbersIn(Table table, Snapshot snapshot) throws IOException {
    Set<Long> numbers = new HashSet<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).useSnapshot(snapshot.snapshotId()).build()) {
      records.forEach(row -> numbers.add((Long) row.getField("f0")));
    }
    return numbers;
  }

  private static List<Long> numbersUpTo(long watermark) {
    return LongStream.range(0, ROWS).filter(n -> START + n * HOUR <= watermark).boxed().toList();
  }

  @Test
  void valuesOfEveryTypeComeBackBitForBit() throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(ALL_TYPES_VIEW);
    IcebergOfflineSink.of(catalog, "retail", ALL_TYPES_VIEW)
        .withParallelism(1)
        .attach(
            TestJobs.rows(environment, type, 500, 500, IcebergOfflineSinkITCase::randomRow),
            "everything-offline");

    environment.execute();

    assertThat(contents(rowsOf(ALL_TYPES_VIEW)))
        .isEqualTo(contents(rows(500, IcebergOfflineSinkITCase::randomRow)));
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, "retail", ALL_TYPES_VIEW)) {
      assertThat(contents(reader.rowsOf(randomRow(7).key())))
          .isEqualTo(contents(List.of(randomRow(7))));
    }
  }

  @Test
  void operatorUidsComeFromTheCallersAndStay() {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(VIEW);
    IcebergOfflineSink.of(catalog, "retail", VIEW)
        .attach(
            TestJobs.rows(environment, type, 1, 1, IcebergOfflineSinkITCase::row),
            "behavior-offline");

    assertThat(environment.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder(
            "rows",
            "behavior-offline",
            "behavior-offline: Sink pre-commit aggregator: behavior-offline",
            "behavior-offline: watermark",
            "Sink Committer: behavior-offline");
  }

  private List<OfflineRow> rowsOf(FeatureView view) throws IOException {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, "retail", view)) {
      List<OfflineRow> rows = new ArrayList<>(reader.rows());
      rows.sort(Comparator.comparing(OfflineRow::eventTimestamp));
      return rows;
    }
  }

  private static List<OfflineRow> rows(int count, LongFunction<OfflineRow> row) {
    return LongStream.range(0, count).mapToObj(row).toList();
  }

  /** A row for each hour. */
  private static OfflineRow row(long number) {
    return new OfflineRow(
        new Object[] {number % 10},
        START + number * HOUR,
        START + number,
        new Object[] {number, number / 7.0, number % 3 == 0 ? null : "value " + number});
  }

  private static OfflineRow randomRow(long number) {
    return new OfflineRow(
        new Object[] {"key " + number, new byte[] {(byte) number}, START - number},
        START + number * HOUR + 1,
        START + number,
        new RandomValues(number).row(SerializerFixture.ALL_TYPES));
  }
}
