// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.sinks.iceberg.OpenCatalog;
import io.tailwater.sinks.iceberg.RowDataConverter;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the rows of a range of instants in a view's offline table, in one commit at the end of a
 * batch job, while streams may append, compactions run and other ranges be replaced.
 *
 * <p>{@link #begin} notes the table's snapshot. The rows of the range that it has are replaced;
 * what is appended later stays. The rows that are written get the snapshot's instant as {@code
 * created_timestamp}, so that a correction that a stream appends later counts. If two of them have
 * the same range, both are right one after the other; at the same time, the second one fails.
 *
 * <p>Immutable.
 */
public final class OfflineReplacement {
  private final CatalogLoader catalog;
  private final String project;
  private final StoredView view;
  private final String runId;
  private final @Nullable Long snapshotId;
  private final long createdTimestamp;

  private OfflineReplacement(
      CatalogLoader catalog,
      String project,
      StoredView view,
      @Nullable Snapshot snapshot,
      long now) {
    this.catalog = catalog;
    this.project = project;
    this.view = view;
    // Of the graph, not of its operators: a restarted task has the same, another run another one.
    this.runId = JobID.generate().toHexString();
    this.snapshotId = snapshot == null ? null : snapshot.snapshotId();
    this.createdTimestamp = snapshot == null ? now : snapshot.timestampMillis();
  }

  /**
   * Begins with the table as it is now. To be called before it is decided which events are read: a
   * row that an event which is not read has left in the table would be lost.
   *
   * @param now the clock, in milliseconds: when rows were made, if the table is new or empty
   */
  public static OfflineReplacement begin(
      CatalogLoader catalog, String project, StoredView view, long now) {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(project, "project is null");
    requireNonNull(view, "view is null");
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      return new OfflineReplacement(
          catalog, project, view, snapshot(open.catalog(), identifier(project, view)), now);
    } catch (IOException e) {
      throw closing(e);
    }
  }

  private static @Nullable Snapshot snapshot(Catalog catalog, TableIdentifier identifier) {
    return catalog.tableExists(identifier) ? catalog.loadTable(identifier).currentSnapshot() : null;
  }

  /**
   * Attaches the sink of the rows that the range gets. They should come sorted by day, with all of
   * a day in one task. Creates the table if it is missing, or changes it to the view's definition,
   * at once.
   *
   * @param from the first instant of the range, in milliseconds
   * @param to the last one; all {@code rows} must be in the range
   * @param completeFrom of the features that have rows before they are fully known the first
   *     instant, in milliseconds, at which they are: see {@link
   *     io.tailwater.sinks.iceberg.SnapshotCompleteness}
   * @param uid unique in the job; the operators' uids begin with it
   * @throws io.tailwater.sinks.iceberg.SchemaMismatchException if the table that is there cannot be
   *     changed so
   * @throws IllegalArgumentException if the job is not one of Flink's batch mode
   */
  public DataStreamSink<?> attach(
      DataStream<OfflineRow> rows, long from, long to, Map<String, Long> completeFrom, String uid) {
    requireNonNull(uid, "uid is null");
    if (rows.getExecutionEnvironment().getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
        != RuntimeExecutionMode.BATCH) {
      throw new IllegalArgumentException(
          "%s must be BATCH to replace a range in one commit"
              .formatted(ExecutionOptions.RUNTIME_MODE.key()));
    }
    ReplaceRun run =
        new ReplaceRun(
            runId, snapshotId, createdTimestamp, new InstantRange(from, to), completeFrom);
    Table table = createOrEvolve();
    return rows.sinkTo(
            new ReplacingSink(
                table,
                TableLoader.fromCatalog(catalog, identifier(project, view)),
                RowDataConverter.of(view, table.schema()),
                run))
        .name("offline " + view.name())
        .uid(uid);
  }

  private Table createOrEvolve() {
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      return SerializableTable.copyOf(OfflineTables.createOrEvolve(open.catalog(), project, view));
    } catch (IOException e) {
      throw closing(e);
    }
  }

  private static UncheckedIOException closing(IOException e) {
    return new UncheckedIOException("Cannot close the catalog", e);
  }

  private static TableIdentifier identifier(String project, StoredView view) {
    return OfflineTables.identifier(project, view.name());
  }
}
