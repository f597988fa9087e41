// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.source.IcebergSource;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view's offline table as bounded sources of Flink jobs. All of them read one
 * snapshot, the one that was current when this was opened. Not thread-safe.
 */
public final class OfflineRowSource implements Closeable {
  /** What may happen to a table without a row of it changing, or a new one being elsewhere. */
  private static final Set<String> INCREMENTAL =
      Set.of(DataOperations.APPEND, DataOperations.REPLACE);

  private final OpenCatalog catalog;
  private final CatalogLoader loader;
  private final String project;
  private final StoredView view;
  private final Table table;
  private final @Nullable Snapshot snapshot;

  private OfflineRowSource(
      OpenCatalog catalog, CatalogLoader loader, String project, StoredView view, Table table) {
    this.catalog = catalog;
    this.loader = loader;
    this.project = project;
    this.view = view;
    this.table = table;
    this.snapshot = table.currentSnapshot();
  }

  /**
   * Opens the table {@code <project>.<view>}, which is created if it is missing, and changed to the
   * view's definition.
   *
   * @throws SchemaMismatchException if the table that is there cannot be changed so
   */
  public static OfflineRowSource open(CatalogLoader loader, String project, StoredView view)
      throws IOException {
    OpenCatalog catalog = OpenCatalog.of(loader);
    try {
      Table table = OfflineTables.createOrEvolve(catalog.catalog(), project, view);
      return new OfflineRowSource(catalog, loader, project, view, table);
    } catch (RuntimeException e) {
      catalog.close();
      throw e;
    }
  }

  /** Iceberg's id of the snapshot that is read; null if the table is empty. */
  public @Nullable Long snapshot() {
    return snapshot == null ? null : (Long) snapshot.snapshotId();
  }

  /** The watermark that the table's commits recorded, in milliseconds; empty if none did. */
  public OptionalLong watermark() {
    return SnapshotWatermark.of(table);
  }

  /**
   * Whether {@link OfflineScan#addedSince} can tell what came after a snapshot: it is still known,
   * and rows were only appended since, or laid out anew.
   */
  public boolean knowsWhatCameAfter(long since) {
    if (snapshot == null || !SnapshotUtil.isAncestorOf(table, since)) {
      return false;
    }
    for (Snapshot later :
        SnapshotUtil.ancestorsBetween(table, snapshot.snapshotId(), (Long) since)) {
      if (!INCREMENTAL.contains(later.operation())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Attaches a source.
   *
   * @param uid unique in the job
   * @return the rows, in no particular order
   * @throws IllegalStateException if the table is empty, or what came after a snapshot is not known
   */
  public DataStream<OfflineRow> attach(
      StreamExecutionEnvironment env, OfflineScan scan, String uid) {
    if (snapshot == null) {
      throw new IllegalStateException("the table of view '%s' is empty".formatted(view.name()));
    }
    IcebergSource.Builder<OfflineRow> source =
        IcebergSource.forOutputType(new OfflineRowConverter(view, table.schema()))
            .tableLoader(
                TableLoader.fromCatalog(loader, OfflineTables.identifier(project, view.name())))
            .table(table)
            .streaming(false)
            .filters(filters(scan));
    Long since = scan.addedSince();
    if (since == null) {
      source.useSnapshotId(snapshot.snapshotId());
    } else if (knowsWhatCameAfter(since)) {
      source.startSnapshotId(since).endSnapshotId(snapshot.snapshotId());
    } else {
      throw new IllegalStateException(
          "the table of view '%s' does not know what came after %d".formatted(view.name(), since));
    }
    return env.fromSource(
            source.build(),
            WatermarkStrategy.noWatermarks(),
            "rows " + view.name(),
            OfflineRowTypeInfo.of(view))
        .uid(uid)
        // Iceberg leaves out files; rows of the others may be out of the range.
        .filter(scan::contains)
        .name("range " + view.name())
        .uid(uid + "-range");
  }

  private static List<Expression> filters(OfflineScan scan) {
    List<Expression> filters = new ArrayList<>();
    filters.add(
        Expressions.lessThanOrEqual(
            OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(scan.to())));
    if (scan.from() != Long.MIN_VALUE) {
      filters.add(
          Expressions.greaterThanOrEqual(
              OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(scan.from())));
    }
    return filters;
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
