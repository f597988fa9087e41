// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestJobs;
import io.tailwater.sinks.TestRows;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.sinks.types.RandomValues;
import io.tailwater.sinks.types.SerializerFixture;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows of every type, written by a job into a real table and read by another one. */
class OfflineRowSourceITCase {
  private static final String PROJECT = "retail";
  private static final long START = 1_767_225_600_000L; // 2026-01-01
  private static final long HOUR = 3_600_000;
  private static final int ROWS = 300;
  private static final FeatureView VIEW =
      TestViews.view(
          "everything",
          List.of(ValueType.INT64, ValueType.STRING, ValueType.TIMESTAMP),
          SerializerFixture.ALL_TYPES);

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
  void rowsComeBackToTheBitWhateverTheirKeysAndTypes() throws Exception {
    write(0, ROWS);

    assertThat(read(OfflineScan.between(Long.MIN_VALUE, Long.MAX_VALUE / 1000)))
        .isEqualTo(expected(0, ROWS, Long.MIN_VALUE, Long.MAX_VALUE));
    long from = row(50).eventTimestamp();
    long to = row(200).eventTimestamp();
    assertThat(read(OfflineScan.between(from, to)))
        .as("both ends")
        .hasSize(151)
        .isEqualTo(expected(0, ROWS, from, to));
  }

  @Test
  void whatCameAfterASnapshotIsReadAlone() throws Exception {
    write(0, ROWS);
    Long snapshot;
    try (OfflineRowSource source = OfflineRowSource.open(catalog, PROJECT, VIEW)) {
      snapshot = source.snapshot();
    }
    write(ROWS, ROWS + 20);

    long to = row(ROWS + 9).eventTimestamp();
    assertThat(read(OfflineScan.addedSince(snapshot, to)))
        .hasSize(10)
        .isEqualTo(expected(ROWS, ROWS + 20, Long.MIN_VALUE, to));
  }

  @Test
  void anEmptyTableHasNoRowsToRead() throws Exception {
    try (OfflineRowSource source = OfflineRowSource.open(catalog, PROJECT, VIEW)) {
      assertThat(source.snapshot()).isNull();
      assertThatThrownBy(
              () ->
                  source.attach(
                      TestJobs.environment(checkpoints), OfflineScan.between(0, 1), "rows"))
          .hasMessage("the table of view 'everything' is empty");
    }
  }

  private void write(int from, int to) throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    IcebergOfflineSink.of(catalog, PROJECT, VIEW)
        .attach(
            TestJobs.rows(
                environment,
                OfflineRowTypeInfo.of(VIEW),
                to - from,
                100,
                number -> row(from + number)),
            "offline");
    environment.execute();
  }

  private List<List<Object>> read(OfflineScan scan) throws Exception {
    List<OfflineRow> rows = new ArrayList<>();
    try (OfflineRowSource source = OfflineRowSource.open(catalog, PROJECT, VIEW);
        CloseableIterator<OfflineRow> found =
            source.attach(TestJobs.environment(checkpoints), scan, "rows").executeAndCollect()) {
      found.forEachRemaining(rows::add);
    }
    rows.sort(Comparator.comparing(OfflineRow::createdTimestamp));
    return TestRows.contents(rows);
  }

  private static List<List<Object>> expected(int first, int last, long from, long to) {
    return TestRows.contents(
        LongStream.range(first, last)
            .mapToObj(OfflineRowSourceITCase::row)
            .filter(row -> from <= row.eventTimestamp() && row.eventTimestamp() <= to)
            .toList());
  }

  /**
   * An hour after the one before; keys that would be the same if they were put together as text.
   */
  private static OfflineRow row(long number) {
    return new OfflineRow(
        new Object[] {number % 3, number % 2 == 0 ? "1" : "11", START - number % 5},
        START + number * HOUR,
        number,
        new RandomValues(number).row(SerializerFixture.ALL_TYPES));
  }
}
