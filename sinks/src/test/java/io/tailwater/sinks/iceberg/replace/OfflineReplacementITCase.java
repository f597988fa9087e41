// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.sinks.FailsOnce;
import io.tailwater.sinks.TestJobs;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.sinks.iceberg.RowDataConverter;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.flink.TableLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OfflineReplacementITCase {
  private static final long START = 20_454 * OneTable.DAY;
  private static final long HOUR = OneTable.DAY / 24;
  private static final int ROWS = 240;
  private static final long FROM = START + 30 * HOUR;
  private static final long TO = START + 199 * HOUR;
  private static final OfflineRowTypeInfo TYPE = OfflineRowTypeInfo.of(OneTable.VIEW);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(TestJobs.PARALLELISM)
              .build());

  @TempDir Path warehouse;
  private OneTable table;

  @BeforeEach
  void open() {
    table = OneTable.in(warehouse);
  }

  @AfterEach
  void close() throws IOException {
    table.close();
  }

  @Test
  void aJobReplacesItsRangeWhileAStreamAppends() throws Exception {
    table.append(rows(0, ROWS, 7));
    OfflineReplacement replacement = begin(9_999);
    long created = table.snapshot().timestampMillis();
    StreamExecutionEnvironment environment = environment(0);
    replacement.attach(generated(environment), FROM, TO, Map.of(), "offline");
    List<Row> later = rows(50, 20, 8).stream().map(row -> row.createdAt(created + 1)).toList();
    table.append(later);

    environment.execute();

    List<Row> expected = new ArrayList<>(rows(0, 30, 7));
    expected.addAll(rows(200, ROWS - 200, 7));
    expected.addAll(rows(30, 170, created));
    expected.addAll(later);
    expected.sort(OneTable.ORDER);
    assertThat(table.rows()).isEqualTo(expected);
  }

  @Test
  void aNewTablesRowsAreMadeAtTheClocksInstant() throws Exception {
    StreamExecutionEnvironment environment = environment(0);
    OfflineReplacement replacement =
        OfflineReplacement.begin(table.loader(), "other", OneTable.VIEW, 9_999);
    replacement.attach(generated(environment), FROM, TO, Map.of(), "offline");

    environment.execute();

    try (OfflineTableReader other =
        OfflineTableReader.open(table.loader(), "other", OneTable.VIEW)) {
      assertThat(other.rows())
          .hasSize(170)
          .allSatisfy(row -> assertThat(row.createdTimestamp()).isEqualTo(9_999));
      assertThat(other.snapshot().watermark()).isEqualTo(TO);
    }
  }

  @Test
  void nothingIsSeenOfAJobThatFailsAndTheNextOneIsRight() throws Exception {
    table.append(rows(0, ROWS, 7));
    long before = table.snapshot().snapshotId();
    StreamExecutionEnvironment failing = environment(0);
    begin(0)
        .attach(
            generated(failing).map(FailsOnce.atRecord("replace", 60)).returns(TYPE).uid("fails"),
            FROM,
            TO,
            Map.of(),
            "offline");

    assertThatThrownBy(failing::execute).hasRootCauseMessage("Fails once, on purpose: replace");
    assertThat(table.snapshot().snapshotId()).isEqualTo(before);
    assertThat(table.rows()).isEqualTo(rows(0, ROWS, 7));

    replaceTwiceAndCheck();
  }

  private void replaceTwiceAndCheck() throws Exception {
    for (int run = 0; run < 2; run++) {
      long created = table.snapshot().timestampMillis();
      StreamExecutionEnvironment environment = environment(0);
      begin(0).attach(generated(environment), FROM, TO, Map.of(), "offline");
      environment.execute();

      List<Row> expected = new ArrayList<>(rows(0, 30, 7));
      expected.addAll(rows(30, 170, created));
      expected.addAll(rows(200, ROWS - 200, 7));
      assertThat(table.rows()).isEqualTo(expected);
    }
  }

  @Test
  void aCommitThatIsTriedAgainIsNotDoneAgain() throws Exception {
    FailsAfterCommit.COMMITS.set(0);
    table.append(rows(0, ROWS, 7));
    ReplaceRun run = table.run(FROM, TO);
    StreamExecutionEnvironment environment = environment(1);
    generated(environment)
        .sinkTo(
            new FailsAfterCommit(
                new ReplacingSink(
                    SerializableTable.copyOf(table.table()),
                    TableLoader.fromCatalog(
                        table.loader(),
                        OfflineTables.identifier(OneTable.PROJECT, OneTable.VIEW.name())),
                    RowDataConverter.of(OneTable.VIEW, table.table().schema()),
                    run)))
        .uid("offline");

    environment.execute();

    assertThat(FailsAfterCommit.COMMITS).hasValue(2);
    assertThat(table.rows()).hasSize(ROWS);
    assertThat(table.snapshot().parentId()).isEqualTo(run.snapshotId());
  }

  @Test
  void aRowOutOfTheRangeStopsTheJob() {
    StreamExecutionEnvironment environment = environment(0);
    begin(0).attach(generated(environment), FROM, TO - HOUR, Map.of(), "offline");

    assertThatThrownBy(environment::execute)
        .rootCause()
        .hasMessageContaining("out of the range that is replaced");
  }

  @Test
  void aStreamingJobIsRefused() {
    StreamExecutionEnvironment environment = TestJobs.environment(warehouse);

    assertThatThrownBy(() -> begin(0).attach(generated(environment), FROM, TO, Map.of(), "offline"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("execution.runtime-mode");
  }

  @Test
  void operatorUidsComeFromTheCallersAndStay() {
    StreamExecutionEnvironment environment = environment(0);
    begin(0).attach(generated(environment), FROM, TO, Map.of(), "offline");

    assertThat(environment.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder(
            "rows", "offline", "offline: all files", "Sink Committer: offline");
  }

  private OfflineReplacement begin(long now) {
    return OfflineReplacement.begin(table.loader(), OneTable.PROJECT, OneTable.VIEW, now);
  }

  private static StreamExecutionEnvironment environment(int restarts) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(TestJobs.PARALLELISM);
    return environment;
  }

  /** A row for each hour of the range. */
  private static DataStream<OfflineRow> generated(StreamExecutionEnvironment environment) {
    long first = (FROM - START) / HOUR;
    long count = (TO - FROM) / HOUR + 1;
    DataGeneratorSource<OfflineRow> source =
        new DataGeneratorSource<>(n -> offlineRow(first + n), count, TYPE);
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "rows", TYPE)
        .uid("rows");
  }

  private static OfflineRow offlineRow(long number) {
    return new OfflineRow(
        new Object[] {number % 10}, START + number * HOUR, 1, new Object[] {number});
  }

  private static List<Row> rows(long first, long count, long created) {
    return LongStream.range(first, first + count)
        .mapToObj(number -> new Row(number % 10, START + number * HOUR, created, number))
        .toList();
  }
}
