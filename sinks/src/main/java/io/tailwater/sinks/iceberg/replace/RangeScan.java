// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of a snapshot that may have rows in a range, each to be read as a whole.
 *
 * @param snapshotId of the table
 */
record RangeScan(Table table, long snapshotId, InstantRange range) {

  static RangeScan of(Table table, long snapshotId, InstantRange range) {
    return new RangeScan(table, snapshotId, range);
  }

  void forEach(Consumer<FileScanTask> consumer) {
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshotId)
            .filter(range.condition())
            .ignoreResiduals()
            .includeColumnStats()
            .planFiles()) {
      tasks.forEach(consumer);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + table.name(), e);
    }
  }
}
