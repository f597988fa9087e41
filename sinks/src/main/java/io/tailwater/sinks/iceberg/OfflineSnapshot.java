// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an offline table, for other engines: DuckDB, say, reads the files with
 * {@code read_parquet([...])}. A pattern over the table's folder would read replaced files too.
 *
 * @param metadataLocation the table's current metadata file
 * @param snapshotId Iceberg's id of the snapshot; null while the table is empty
 * @param watermark every row up to this event time is in the table, in milliseconds; null if no
 *     commit recorded one
 * @param dataFiles the Parquet files; local ones as paths
 */
public record OfflineSnapshot(
    String metadataLocation,
    @Nullable Long snapshotId,
    @Nullable Long watermark,
    List<String> dataFiles) {
  public OfflineSnapshot {
    dataFiles = List.copyOf(dataFiles);
  }

  /** The state of a table that was just refreshed. */
  static OfflineSnapshot of(Table table) {
    Snapshot current = table.currentSnapshot();
    OptionalLong watermark = SnapshotWatermark.of(table);
    return new OfflineSnapshot(
        ((HasTableOperations) table).operations().current().metadataFileLocation(),
        current == null ? null : current.snapshotId(),
        watermark.isPresent() ? watermark.getAsLong() : null,
        dataFiles(table));
  }

  private static List<String> dataFiles(Table table) {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(LocalWarehouse.withoutScheme(task.file().location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + table.name(), e);
    }
    return files;
  }
}
