// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;

/**
 * Follows the files of a run through the snapshots since it began. A compaction keeps rows, and
 * another run keeps those out of its range. An append adds files of its own. What else removes
 * files or rows leaves open what would be right.
 */
final class LineageReader {
  private final Table table;
  private final InstantRange range;
  private final InclusiveMetricsEvaluator mayOverlap;
  private final FileLineage lineage;

  private LineageReader(Table table, InstantRange range, FileLineage lineage) {
    this.table = table;
    this.range = range;
    this.mayOverlap = new InclusiveMetricsEvaluator(table.schema(), range.condition());
    this.lineage = lineage;
  }

  /**
   * The lineage of the files with rows in the range of {@code run}.
   *
   * @throws ReplaceConflictException if another run or program has changed rows that it replaces
   */
  static FileLineage read(Table table, TableHistory history, ReplaceRun run) {
    Set<String> original = new HashSet<>();
    if (run.snapshotId() != null) {
      RangeScan.of(table, run.snapshotId(), run.range())
          .forEach(task -> original.add(task.file().location()));
    }
    FileLineage lineage = new FileLineage(original);
    LineageReader reader = new LineageReader(table, run.range(), lineage);
    history.snapshots().forEach(reader::follow);
    return lineage;
  }

  private void follow(Snapshot snapshot) {
    InstantRange replaced = RunSummary.range(snapshot);
    if (replaced != null) {
      if (replaced.overlaps(range)) {
        throw conflict(
            "another backfill has replaced rows of the range with snapshot %d", snapshot);
      }
      rewrite(snapshot);
      return;
    }
    switch (snapshot.operation()) {
      case DataOperations.APPEND -> {}
      case DataOperations.REPLACE -> rewrite(snapshot);
      default -> requireOthers(snapshot);
    }
  }

  /** A file keeps to its partition: its rows can only have come from removed ones of the same. */
  private void rewrite(Snapshot snapshot) {
    Long before = snapshot.parentId();
    if (before == null) {
      return;
    }
    SnapshotChanges changes = changes(snapshot);
    Map<String, List<String>> added = new HashMap<>();
    Map<String, List<String>> removed = new HashMap<>();
    boolean oneSpec = isOfOneSpec(changes);
    for (DataFile file : changes.addedDataFiles()) {
      if (mayOverlap.eval(file)) {
        partition(added, file, oneSpec).add(file.location());
      }
    }
    for (DataFile file : changes.removedDataFiles()) {
      partition(removed, file, oneSpec).add(file.location());
    }
    removed.forEach(
        (partition, files) ->
            lineage.rewrite(before, files, added.getOrDefault(partition, List.of())));
  }

  private List<String> partition(
      Map<String, List<String>> partitions, DataFile file, boolean oneSpec) {
    PartitionSpec spec = table.specs().get(file.specId());
    String name = oneSpec && spec != null ? spec.partitionToPath(file.partition()) : "";
    return partitions.computeIfAbsent(name, newName -> new ArrayList<>());
  }

  private static boolean isOfOneSpec(SnapshotChanges changes) {
    Set<Integer> specs = new HashSet<>();
    changes.addedDataFiles().forEach(file -> specs.add(file.specId()));
    changes.removedDataFiles().forEach(file -> specs.add(file.specId()));
    return specs.size() <= 1;
  }

  private void requireOthers(Snapshot snapshot) {
    SnapshotChanges changes = changes(snapshot);
    if (changes.addedDeleteFiles().iterator().hasNext()) {
      throw conflict("another program has deleted rows with snapshot %d", snapshot);
    }
    for (DataFile file : changes.removedDataFiles()) {
      if (lineage.holdsReplaced(file.location())) {
        throw conflict("another program has changed rows of the range with snapshot %d", snapshot);
      }
    }
  }

  private SnapshotChanges changes(Snapshot snapshot) {
    return SnapshotChanges.builderFor(table).snapshot(snapshot).build();
  }

  private ReplaceConflictException conflict(String found, Snapshot snapshot) {
    return new ReplaceConflictException(table.name(), found.formatted(snapshot.snapshotId()), null);
  }
}
