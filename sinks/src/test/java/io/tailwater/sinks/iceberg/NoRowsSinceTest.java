// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends to a real table; its files are only named, since nobody reads them. */
class NoRowsSinceTest {
  private static final FeatureView VIEW =
      TestViews.view("profile", List.of(ValueType.INT64), List.of(ValueType.INT64));

  @TempDir Path warehouse;
  private OpenCatalog catalog;
  private Table table;

  @BeforeEach
  void createTable() {
    catalog = OpenCatalog.of(IcebergCatalogs.loader(warehouse.toString(), Map.of()));
    table = OfflineTables.createOrEvolve(catalog.catalog(), "crm", VIEW);
  }

  @AfterEach
  void closeCatalog() throws IOException {
    catalog.close();
  }

  @Test
  void rowsThatNobodyCameBeforeAreAppended() {
    appendSince(null, "a");
    appendSince(current(), "b");

    assertThat(table.currentSnapshot().summary()).containsEntry("total-data-files", "2");
  }

  @Test
  void rowsThatCameSinceRefuseOthersAndSayWhatWasFound() {
    append("a");
    long read = current();
    append("b");
    long now = current();

    assertThatThrownBy(() -> appendSince(read, "c"))
        .isInstanceOf(RowsChangedException.class)
        .hasMessageContaining("The table crm.profile got none of this run's rows")
        .hasMessageContaining("snapshot " + read + ": 1 added, 0 deleted")
        .hasMessageContaining("Run it again")
        .satisfies(FlinkRestarts::areOfNoUseAfter);
    table.refresh();
    assertThat(current()).isEqualTo(now);
  }

  @Test
  void theFirstRowsOfATableRefuseOthersThatFoundItEmpty() {
    append("a");

    assertThatThrownBy(() -> appendSince(null, "b"))
        .isInstanceOf(RowsChangedException.class)
        .hasMessageContaining("it was empty: 1 added");
  }

  @Test
  void rowsThatHaveGoneSinceRefuseOthersToo() {
    append("a");
    append("b");
    long read = current();
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();

    assertThatThrownBy(() -> appendSince(read, "c"))
        .isInstanceOf(RowsChangedException.class)
        .hasMessageContaining("0 added, 2 deleted");
  }

  @Test
  void aCompactionAndARecordedWatermarkAreNoChange() {
    append("a");
    append("b");
    long read = current();
    table
        .newRewrite()
        .rewriteFiles(Set.of(file("a", 1), file("b", 1)), Set.of(file("ab", 2)))
        .commit();
    table.newAppend().set(SnapshotWatermark.PROPERTY, "1").commit();

    assertThatCode(() -> appendSince(read, "c")).doesNotThrowAnyException();
  }

  @Test
  void rowsThatCameBeforeACompactionAreSeenBehindIt() {
    append("a");
    long read = current();
    append("b");
    table
        .newRewrite()
        .rewriteFiles(Set.of(file("a", 1), file("b", 1)), Set.of(file("ab", 2)))
        .commit();

    assertThatThrownBy(() -> appendSince(read, "c")).isInstanceOf(RowsChangedException.class);
  }

  @Test
  void aSnapshotThatHasGoneLeavesOpenWhatCameSince() {
    append("a");
    long read = current();
    table.newAppend().set(SnapshotWatermark.PROPERTY, "1").commit();
    table.expireSnapshots().expireSnapshotId(read).commit();

    assertThatThrownBy(() -> appendSince(read, "b"))
        .isInstanceOf(RowsChangedException.class)
        .hasMessageContaining("snapshot " + read + ", which this run has read, has expired");
  }

  private void append(String name) {
    table.newAppend().appendFile(file(name, 1)).commit();
  }

  private void appendSince(@Nullable Long snapshot, String name) {
    table
        .newAppend()
        .appendFile(file(name, 1))
        .validateWith(new NoRowsSince("crm.profile", snapshot))
        .commit();
  }

  private long current() {
    Snapshot snapshot = table.currentSnapshot();
    return snapshot.snapshotId();
  }

  private DataFile file(String name, long rows) {
    return DataFiles.builder(table.spec())
        .withPath(warehouse + "/" + name + ".parquet")
        .withPartitionPath(table.spec().partitionType().fields().get(0).name() + "=2026-03-01")
        .withFileSizeInBytes(1_000)
        .withRecordCount(rows)
        .build();
  }
}
