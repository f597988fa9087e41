// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends to a real table; its files are only named, since nobody reads them. */
class OfflineTakeoverTest {
  private static final FeatureView VIEW =
      TestViews.view("spend", List.of(ValueType.INT64), List.of(ValueType.INT64));

  @TempDir Path warehouse;
  private CatalogLoader loader;
  private OpenCatalog catalog;
  private Table table;

  @BeforeEach
  void createTable() {
    loader = IcebergCatalogs.loader(warehouse.toString(), Map.of());
    catalog = OpenCatalog.of(loader);
    table = OfflineTables.createOrEvolve(catalog.catalog(), "shop", VIEW);
  }

  @AfterEach
  void closeCatalog() throws IOException {
    catalog.close();
  }

  @Test
  void anOlderStreamCannotAppendOnceANewerOneHasTheTable() throws IOException {
    take(1, Map.of());
    append(1, "a");
    AppendFiles prepared = prepared(1, "b");
    take(2, Map.of());

    assertThatThrownBy(prepared::commit)
        .isInstanceOf(SupersededException.class)
        .hasMessageContainingAll("shop.spend", "1970-01-01T00:00:00.002Z", "Stop it");
    append(2, "c");
    table.newAppend().commit();
    assertThatThrownBy(() -> append(1, "d"))
        .as("behind a commit that says nothing of it")
        .isInstanceOf(SupersededException.class);

    table.refresh();
    assertThat(table.currentSnapshot().summary()).containsEntry("total-data-files", "2");
  }

  @Test
  void nothingIsRecordedTwiceOrByAnOlderStream() throws IOException {
    take(2, Map.of());
    long snapshot = current();
    take(2, Map.of());
    take(1, Map.of("f0", 10L));

    assertThat(current()).isEqualTo(snapshot);
    assertThat(SnapshotGeneration.of(table)).hasValue(2);
    assertThat(SnapshotCompleteness.of(table)).isEmpty();
  }

  @Test
  void theWatermarkStaysAndWhatIsNotCompleteIsAdded() throws IOException {
    table.newAppend().set(SnapshotWatermark.PROPERTY, "500").commit();
    take(1, Map.of("f0", 10L));
    take(2, Map.of("f1", 20L));

    table.refresh();
    assertThat(SnapshotWatermark.of(table)).hasValue(500);
    assertThat(SnapshotCompleteness.of(table)).isEqualTo(Map.of("f0", 10L, "f1", 20L));
    assertThat(SnapshotRetention.needed(table)).as("the watermark is in the third").isEqualTo(3);
  }

  @Test
  void aStreamWhoseDefinitionsHaveChangedAddsWhatIsNotComplete() throws IOException {
    take(2, Map.of("f0", 10L));
    take(2, Map.of("f1", 20L));
    long snapshot = current();
    take(2, Map.of("f1", 20L));

    assertThat(current()).isEqualTo(snapshot);
    assertThat(SnapshotCompleteness.of(table)).isEqualTo(Map.of("f0", 10L, "f1", 20L));
    assertThat(SnapshotGeneration.of(table)).hasValue(2);
  }

  @Test
  void ofManySubtasksAtOnceOneMakesASnapshot() throws Exception {
    ExecutorService subtasks = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> calls =
          Collections.nCopies(
              8,
              () -> {
                take(3, Map.of("f0", 10L));
                return null;
              });
      for (Future<Void> call : subtasks.invokeAll(calls)) {
        call.get();
      }
    } finally {
      subtasks.shutdownNow();
    }

    table.refresh();
    assertThat(table.snapshots()).hasSize(1);
  }

  @Test
  void whatABackfillHasRecordedMeanwhileIsNotLost() throws IOException {
    take(1, Map.of("f0", 10L));
    AppendFiles takeover =
        table
            .newAppend()
            .set(SnapshotCompleteness.PROPERTY, "f0=10")
            .validateWith(NothingRecordedSince.on(table));
    table.newAppend().set(SnapshotCompleteness.PROPERTY, "").commit();

    assertThatThrownBy(takeover::commit).isInstanceOf(ValidationException.class);
    take(1, Map.of("f0", 5L));
    table.refresh();
    assertThat(SnapshotCompleteness.of(table)).isEqualTo(Map.of("f0", 5L));
  }

  @Test
  void whatIsRecordedSeldomKeepsNoSnapshots() throws IOException {
    take(1, Map.of("f0", 10L));
    for (int i = 0; i < 30; i++) {
      append(1, "file" + i);
    }
    table.refresh();
    assertThat(SnapshotRetention.needed(table)).isEqualTo(31);

    SnapshotRetention.renew(table);
    table.refresh();
    assertThat(SnapshotRetention.needed(table)).isEqualTo(2);
    assertThat(SnapshotCompleteness.of(table)).isEqualTo(Map.of("f0", 10L));
    long renewed = current();
    SnapshotRetention.renew(table);
    assertThat(current()).isEqualTo(renewed);
  }

  private void take(long generation, Map<String, Long> completeFrom) throws IOException {
    OfflineTakeover.take(loader, "shop", VIEW, generation, completeFrom);
  }

  private void append(long generation, String file) {
    prepared(generation, file).commit();
  }

  private AppendFiles prepared(long generation, String file) {
    table.refresh();
    return table
        .newAppend()
        .appendFile(file(file))
        .set(SnapshotGeneration.PROPERTY, Long.toString(generation))
        .validateWith(new NoNewerGeneration(table.name(), generation));
  }

  private long current() {
    table.refresh();
    return table.currentSnapshot().snapshotId();
  }

  private DataFile file(String name) {
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + name + ".parquet")
        .withPartitionPath(table.spec().partitionType().fields().get(0).name() + "=2026-03-01")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }
}
