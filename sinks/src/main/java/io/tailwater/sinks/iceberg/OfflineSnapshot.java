// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.List;
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
}
