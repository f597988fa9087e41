// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.maintenance.api.ExpireSnapshots;
import org.apache.iceberg.flink.maintenance.api.RewriteDataFiles;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.util.PropertyUtil;

/**
 * Takes care of tables: small files become few large ones, old snapshots go with the files that
 * only they had, and so do files that failed writers have left. Rows stay as they are, to the bit.
 * Safe beside whoever writes to the table: where another commit is in the way, the round is done
 * again.
 *
 * <p>Compaction and expiry are done by Iceberg's Flink maintenance, one bounded job for each. Not
 * thread-safe.
 */
public final class TableCare {
  /** How often a step is tried; others may commit in between each time. */
  private static final int ATTEMPTS = 5;

  private final CatalogLoader catalog;
  private final MaintenanceRound round;
  private final TableCareOptions options;
  private final Clock clock;

  /**
   * @param environments gives a new environment for each job, made with {@link #configuration()}
   * @param clock of this machine, as Iceberg's snapshots are dated by
   */
  public TableCare(
      CatalogLoader catalog,
      Supplier<StreamExecutionEnvironment> environments,
      TableCareOptions options,
      Clock clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.round = new MaintenanceRound(environments);
    this.options = requireNonNull(options, "options is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What the jobs need of their environment. */
  public static Configuration configuration() {
    return MaintenanceRound.configuration();
  }

  /**
   * Compacts a table's small files, then lets go of its old snapshots, then of its orphans.
   *
   * @throws TableCareException if others were in the way each time, or orphans cannot be deleted
   * @throws Exception if a job fails or the table cannot be read
   */
  public TableCareReport care(String project, String table) throws Exception {
    TableIdentifier identifier = OfflineTables.identifier(project, table);
    try (TableLoader loader = TableLoader.fromCatalog(catalog, identifier)) {
      loader.open();
      Table loaded = loader.loadTable();
      Map<String, Long> before = files(loaded);
      Set<Long> snapshots = snapshots(loaded);
      compact(loader, loaded);
      expire(loader, loaded);
      Map<String, Long> orphans = deleteOrphans(loaded);
      Map<String, Long> after = files(loaded);
      Set<Long> kept = snapshots(loaded);
      return new TableCareReport(
          table,
          before.size(),
          after.size(),
          before.keySet().stream().filter(file -> !after.containsKey(file)).count(),
          bytes(before),
          bytes(after),
          snapshots.stream().filter(snapshot -> !kept.contains(snapshot)).count(),
          kept.size(),
          orphans.size(),
          bytes(orphans));
    }
  }

  private void compact(TableLoader loader, Table table) throws Exception {
    Set<String> planned = small(table);
    for (int attempt = 0; attempt < ATTEMPTS && !planned.isEmpty(); attempt++) {
      round.run(
          "compaction of " + table.name(),
          loader,
          RewriteDataFiles.builder()
              .targetFileSizeBytes(targetFileBytes(table))
              .minInputFiles(options.minFiles()));
      table.refresh();
      planned.retainAll(files(table).keySet());
    }
    requireNone(planned.size(), "files of %s could not be compacted", table);
  }

  private void expire(TableLoader loader, Table table) throws Exception {
    long olderThan = clock.millis() - options.snapshotAge().toMillis();
    table.refresh();
    SnapshotRetention.renew(table);
    long due = due(table, olderThan);
    for (int attempt = 0; attempt < ATTEMPTS && due > 0; attempt++) {
      round.run(
          "expiry of snapshots of " + table.name(),
          loader,
          ExpireSnapshots.builder()
              .maxSnapshotAge(options.snapshotAge())
              .retainLast(SnapshotRetention.needed(table)));
      due = due(table, olderThan);
    }
    requireNone(due, "snapshots of %s could not be expired", table);
  }

  /** Returns their sizes. */
  private Map<String, Long> deleteOrphans(Table table) throws IOException {
    Duration age = options.orphanAge();
    if (age == null) {
      return Map.of();
    }
    OrphanFiles orphans = OrphanFiles.find(table, clock.millis() - age.toMillis());
    orphans.delete();
    return orphans.sizes();
  }

  private static long due(Table table, long olderThan) {
    table.refresh();
    return SnapshotRetention.due(table, olderThan, SnapshotRetention.needed(table));
  }

  private static void requireNone(long left, String what, Table table) {
    if (left > 0) {
      throw new TableCareException(
          ("%d "
                  + what
                  + " in %d attempts; the log says why. Run this again when nobody commits so often")
              .formatted(left, table.name(), ATTEMPTS));
    }
  }

  /** The files that a compaction would write anew, as Iceberg plans it. */
  private Set<String> small(Table table) throws IOException {
    Snapshot current = table.currentSnapshot();
    Set<String> small = new HashSet<>();
    if (current == null) {
      return small;
    }
    BinPackRewriteFilePlanner planner =
        new BinPackRewriteFilePlanner(
            table, Expressions.alwaysTrue(), current.snapshotId(), /* caseSensitive= */ false);
    planner.init(
        Map.of(
            SizeBasedFileRewritePlanner.TARGET_FILE_SIZE_BYTES,
            Long.toString(targetFileBytes(table)),
            SizeBasedFileRewritePlanner.MIN_INPUT_FILES,
            Integer.toString(options.minFiles())));
    List<RewriteFileGroup> groups = new ArrayList<>();
    planner.plan().groups().iterator().forEachRemaining(groups::add);
    for (RewriteFileGroup group : groups) {
      for (DataFile file : group.rewrittenFiles()) {
        small.add(file.location());
      }
    }
    return small;
  }

  private long targetFileBytes(Table table) {
    Long bytes = options.targetFileBytes();
    return bytes != null
        ? bytes
        : PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  /** The size of each data file of the current snapshot. */
  private static Map<String, Long> files(Table table) throws IOException {
    table.refresh();
    Map<String, Long> files = new HashMap<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles();
        CloseableIterator<FileScanTask> each = tasks.iterator()) {
      each.forEachRemaining(
          task -> files.put(task.file().location(), task.file().fileSizeInBytes()));
    }
    return files;
  }

  private static Set<Long> snapshots(Table table) {
    Set<Long> snapshots = new HashSet<>();
    table.snapshots().forEach(snapshot -> snapshots.add(snapshot.snapshotId()));
    return snapshots;
  }

  private static long bytes(Map<String, Long> files) {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }
}
