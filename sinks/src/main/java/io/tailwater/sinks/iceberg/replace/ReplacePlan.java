// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.jspecify.annotations.Nullable;

/**
 * How a run's rows get the place of older ones in the table's current snapshot.
 *
 * @param snapshotId of that snapshot; null if the table is empty
 * @param removed the files that are taken out: all with rows that are replaced
 * @param boundary those of them that have rows out of the range too, which stay
 * @param later files of older snapshots whose rows in the range stay: they came after the run had
 *     begun, and a compaction has mixed them with rows that are replaced
 * @param recorded the watermark to record; null if there is none
 */
record ReplacePlan(
    @Nullable Long snapshotId,
    List<DataFile> removed,
    List<FileScanTask> boundary,
    List<FileScanTask> later,
    @Nullable Long recorded) {

  /** The watermark to record; empty if there is none. */
  OptionalLong watermark() {
    return recorded == null ? OptionalLong.empty() : OptionalLong.of(recorded);
  }

  /**
   * Plans on the table's current snapshot.
   *
   * @param history of that snapshot
   * @throws ReplaceConflictException if it is open what would be right
   */
  static ReplacePlan of(Table table, TableHistory history, ReplaceRun run) {
    Snapshot current = table.currentSnapshot();
    OptionalLong after = ReplaceWatermark.after(table, run.range());
    Long watermark = after.isPresent() ? (Long) after.getAsLong() : null;
    if (current == null) {
      return new ReplacePlan(null, List.of(), List.of(), List.of(), watermark);
    }
    FileLineage lineage = LineageReader.read(table, history, run);
    StrictMetricsEvaluator isWithin =
        new StrictMetricsEvaluator(table.schema(), run.range().condition());
    List<DataFile> removed = new ArrayList<>();
    List<FileScanTask> boundary = new ArrayList<>();
    RangeScan.of(table, current.snapshotId(), run.range())
        .forEach(
            task -> {
              if (lineage.holdsReplaced(task.file().location())) {
                removed.add(task.file().copyWithoutStats());
                if (!isWithin.eval(task.file())) {
                  boundary.add(task);
                }
              }
            });
    return new ReplacePlan(
        current.snapshotId(),
        removed,
        boundary,
        later(table, run.range(), lineage, removed),
        watermark);
  }

  private static List<FileScanTask> later(
      Table table, InstantRange range, FileLineage lineage, List<DataFile> removed) {
    Map<Long, Set<String>> files =
        lineage.laterFilesIn(removed.stream().map(DataFile::location).toList());
    List<FileScanTask> later = new ArrayList<>();
    files.forEach(
        (snapshot, names) ->
            RangeScan.of(table, snapshot, range)
                .forEach(
                    task -> {
                      if (names.contains(task.file().location())) {
                        later.add(task);
                      }
                    }));
    return later;
  }
}
