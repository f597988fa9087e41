// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static io.tailwater.sinks.TestRows.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestJobs;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.sinks.types.RandomValues;
import io.tailwater.sinks.types.SerializerFixture;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables that a stream has filled with small files, in real jobs and on a real catalog. */
class TableCareITCase {
  private static final String PROJECT = "retail";
  private static final long START = 1_767_225_600_000L; // 2026-01-01
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);
  private static final int ROWS = 2_000;
  private static final FeatureView VIEW =
      TestViews.view(
          "everything",
          List.of(io.tailwater.aggregation.ValueType.INT64),
          SerializerFixture.ALL_TYPES);

  /** So little that whatever a test does not keep on purpose goes. */
  private static final TableCareOptions SHORT =
      TableCareOptions.DEFAULT.withSnapshotAge(Duration.ofMillis(1));

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2 * TestJobs.PARALLELISM)
              .build());

  @TempDir Path checkpoints;
  @TempDir Path warehouse;
  CatalogLoader catalog;

  @BeforeEach
  void openCatalog() {
    catalog = IcebergCatalogs.loader(warehouse.toString(), Map.of());
  }

  @Test
  void smallFilesBecomeFewAndRowsStayToTheBit(TestReporter reporter) throws Exception {
    stream(ROWS).get(60, TimeUnit.SECONDS);
    List<List<Object>> before = sorted(rows());
    Long watermark = snapshot().watermark();

    TableCareReport report = care(SHORT).care(PROJECT, VIEW.name());

    reporter.publishEntry(report.toString());
    assertThat(sorted(rows())).hasSize(ROWS).isEqualTo(before);
    assertThat(report.filesBefore()).isGreaterThan(20);
    assertThat(report.filesAfter()).as("one a day").isEqualTo(4);
    assertThat(report.filesCompacted()).isEqualTo(report.filesBefore());
    assertThat(report.snapshotsExpired()).isPositive();
    assertThat(snapshot().watermark()).isNotNull().isEqualTo(watermark);
  }

  @Test
  void replacedFilesGoOnceTheStreamHasCommittedAnew() throws Exception {
    stream(ROWS / 2).get(60, TimeUnit.SECONDS);
    TableCareReport report = care(SHORT).care(PROJECT, VIEW.name());
    assertThat(parquetFiles()).isGreaterThan(report.filesAfter());
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = open.catalog().loadTable(OfflineTables.identifier(PROJECT, VIEW.name()));
      table
          .newAppend()
          .set(SnapshotWatermark.PROPERTY, Long.toString(START))
          .set("flink.max-committed-checkpoint-id", "1000")
          .commit();
    }

    TableCareReport again = care(SHORT).care(PROJECT, VIEW.name());

    assertThat(again.snapshotsKept()).isEqualTo(1);
    assertThat(parquetFiles()).isEqualTo(again.filesAfter()).isEqualTo(report.filesAfter());
  }

  @Test
  void aTableThatIsInGoodOrderStaysAsItIs() throws Exception {
    stream(ROWS).get(60, TimeUnit.SECONDS);
    care(TableCareOptions.DEFAULT).care(PROJECT, VIEW.name());
    OfflineSnapshot before = snapshot();

    TableCareReport report = care(TableCareOptions.DEFAULT).care(PROJECT, VIEW.name());

    assertThat(report.filesCompacted()).isZero();
    assertThat(report.snapshotsExpired()).isZero();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void taggedSnapshotsStayAndOthersFailClearly() throws Exception {
    stream(ROWS).get(60, TimeUnit.SECONDS);
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = open.catalog().loadTable(OfflineTables.identifier(PROJECT, VIEW.name()));
      List<Snapshot> snapshots = new ArrayList<>();
      table.snapshots().forEach(snapshots::add);
      Snapshot tagged = snapshots.get(snapshots.size() / 3);
      Snapshot untagged = snapshots.get(snapshots.size() / 3 + 1);
      table.manageSnapshots().createTag("churn-2026-01", tagged.snapshotId()).commit();
      long then = count(table, tagged.snapshotId());

      care(SHORT).care(PROJECT, VIEW.name());

      table.refresh();
      assertThat(table.refs()).containsKey("churn-2026-01");
      assertThat(count(table, tagged.snapshotId())).isPositive().isEqualTo(then);
      assertThat(table.snapshot(untagged.snapshotId())).isNull();
      assertThatThrownBy(() -> count(table, untagged.snapshotId()))
          .hasMessageContaining("Cannot find snapshot with ID " + untagged.snapshotId());
    }
  }

  @Test
  void whatAStreamLooksForOnTheWayToTheCurrentSnapshotStays() throws Exception {
    stream(ROWS).get(60, TimeUnit.SECONDS);
    care(SHORT.withMinFiles(2)).care(PROJECT, VIEW.name());
    care(SHORT.withTargetFileBytes(20_000).withMinFiles(2)).care(PROJECT, VIEW.name());
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = open.catalog().loadTable(OfflineTables.identifier(PROJECT, VIEW.name()));
      assertThat(SnapshotUtil.currentAncestors(table))
          .anyMatch(each -> each.summary().containsKey("flink.max-committed-checkpoint-id"))
          .anyMatch(each -> each.summary().containsKey(SnapshotWatermark.PROPERTY));
    }
  }

  @Test
  void besideARunningStreamNothingIsLostAndNothingIsThereTwice() throws Exception {
    int count = 2 * ROWS;
    JobClient job = start(count);
    int rounds = 0;
    while (!job.getJobStatus().get().isGloballyTerminalState()) {
      if (hasRows()) {
        care(SHORT.withMinFiles(2)).care(PROJECT, VIEW.name());
        rounds++;
      }
    }
    job.getJobExecutionResult().get();

    assertThat(rounds).as("rounds beside the stream").isPositive();
    assertThat(sorted(rows()))
        .isEqualTo(sorted(LongStream.range(0, count).mapToObj(TableCareITCase::row).toList()));
  }

  @Test
  void twoAtATimeLoseNothing() throws Exception {
    stream(ROWS).get(60, TimeUnit.SECONDS);
    List<List<Object>> before = sorted(rows());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<TableCareReport>> reports =
          threads.invokeAll(
              Collections.nCopies(2, () -> care(SHORT).care(PROJECT, VIEW.name())),
              60,
              TimeUnit.SECONDS);
      for (Future<TableCareReport> report : reports) {
        assertThat(report.get().filesAfter()).isEqualTo(4);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(sorted(rows())).isEqualTo(before);
  }

  private TableCare care(TableCareOptions options) {
    return new TableCare(
        catalog,
        () -> {
          StreamExecutionEnvironment environment =
              StreamExecutionEnvironment.getExecutionEnvironment(TableCare.configuration());
          environment.setParallelism(TestJobs.PARALLELISM);
          return environment;
        },
        options,
        Clock.systemUTC());
  }

  private java.util.concurrent.CompletableFuture<?> stream(int count) throws Exception {
    return start(count).getJobExecutionResult();
  }

  private JobClient start(int count) throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(VIEW);
    IcebergOfflineSink.of(catalog, PROJECT, VIEW)
        .attach(TestJobs.rows(environment, type, count, 100, TableCareITCase::row), "offline");
    return environment.executeAsync("stream");
  }

  /** Of four days. */
  private static OfflineRow row(long number) {
    return new OfflineRow(
        new Object[] {number % 7},
        START + (number * HOUR / 21) % (4 * 24 * HOUR),
        number,
        new RandomValues(number).row(SerializerFixture.ALL_TYPES));
  }

  private boolean hasRows() {
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      return open.catalog()
              .loadTable(OfflineTables.identifier(PROJECT, VIEW.name()))
              .currentSnapshot()
          != null;
    } catch (Exception e) {
      return false;
    }
  }

  private List<OfflineRow> rows() throws Exception {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, PROJECT, VIEW)) {
      return reader.rows();
    }
  }

  private OfflineSnapshot snapshot() throws Exception {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, PROJECT, VIEW)) {
      return reader.snapshot();
    }
  }

  private long parquetFiles() throws Exception {
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static List<List<Object>> sorted(List<OfflineRow> rows) {
    return contents(
        rows.stream()
            .sorted(java.util.Comparator.comparing(OfflineRow::createdTimestamp))
            .toList());
  }

  private static long count(Table table, long snapshot) throws Exception {
    long count = 0;
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).useSnapshot(snapshot).build()) {
      for (Record unused : records) {
        count++;
      }
    }
    return count;
  }
}
