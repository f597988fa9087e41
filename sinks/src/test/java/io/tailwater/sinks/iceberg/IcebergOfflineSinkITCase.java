// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class IcebergOfflineSinkITCase {
  private static final long START = 1_767_225_600_000L; // 2026-01-01
  private static final long HOUR = 3_600_000;
  private static final FeatureView VIEW =
      TestViews.view(
          "behavior",
          List.of(ValueType.INT64),
          List.of(ValueType.INT64, ValueType.DOUBLE, ValueType.STRING));
  private static final OfflineRowTypeInfo ROWS = OfflineRowTypeInfo.of(VIEW);

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
    IcebergOfflineSink.of(catalog, "retail", VIEW)
        .attach(
            TestJobs.rows(environment, ROWS, 5_000, 1_000, IcebergOfflineSinkITCase::row)
                .map(FailsOnce.atRecord("land-once", 1_700))
                .uid("fails-once")
                .returns(ROWS),
            "behavior-offline");

    environment.execute();

    assertThat(FailsOnce.failed("land-once")).isTrue();
    assertThat(rowsInTable()).usingRecursiveComparison().isEqualTo(expected(5_000));
  }

  private List<OfflineRow> rowsInTable() throws Exception {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, "retail", VIEW)) {
      return reader.rows().stream()
          .sorted(Comparator.comparing(OfflineRow::eventTimestamp))
          .toList();
    }
  }

  private static List<OfflineRow> expected(long count) {
    return LongStream.range(0, count).mapToObj(IcebergOfflineSinkITCase::row).toList();
  }

  /** A row for each hour. */
  private static OfflineRow row(long number) {
    return new OfflineRow(
        new Object[] {number % 10},
        START + number * HOUR,
        START + number,
        new Object[] {number, number / 7.0, number % 3 == 0 ? null : "value " + number});
  }
}
