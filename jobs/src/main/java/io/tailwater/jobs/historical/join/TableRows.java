// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.JoinKey;
import io.tailwater.sinks.iceberg.TableColumns;
import io.tailwater.stores.offline.OfflineSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.source.IcebergSource;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The rows of a view's table as a source of blocks: the columns and files that are needed. */
public final class TableRows {
  /** Splits small enough for every reader to have some. */
  private static final long SPLIT_BYTES = 16L << 20;

  private TableRows() {}

  /** The columns that are read of a view's table, in the order in which they are read. */
  public static List<String> columns(JoinedView view) {
    List<String> columns = new ArrayList<>(view.keys().stream().map(JoinKey::name).toList());
    columns.add(OfflineSchema.EVENT_TIMESTAMP);
    columns.add(OfflineSchema.CREATED_TIMESTAMP);
    columns.addAll(view.features());
    return columns;
  }

  /**
   * A source of {@link BestRows}' blocks.
   *
   * @param stream the view's number in its join
   * @param table the view's table, loaded; it has all of {@link #columns}
   * @param loader loads it again where the job runs
   * @param snapshot Iceberg's id of the snapshot to read
   * @param filters by which files are left out; rows outside of them may still come
   * @param knownAt rows created after it are left out, in milliseconds
   * @param partitions how many subtasks the join has
   */
  @SuppressWarnings("deprecation") // the other builders are for readers of single rows
  public static IcebergSource<Block> source(
      JoinedView view,
      int stream,
      Table table,
      TableLoader loader,
      long snapshot,
      List<Expression> filters,
      long knownAt,
      int partitions) {
    Schema projected =
        new Schema(
            columns(view).stream()
                .map(column -> requireNonNull(find(view, table.schema(), column), column))
                .toList());
    RowDataFileScanTaskReader rows =
        new RowDataFileScanTaskReader(
            table.schema(),
            projected,
            table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
            true,
            List.of());
    Table serializable = SerializableTable.copyOf(table);
    return IcebergSource.<Block>builder()
        .tableLoader(loader)
        .table(table)
        .useSnapshotId(snapshot)
        .project(projected)
        .filters(filters)
        .splitSize(SPLIT_BYTES)
        .exposeLocality(false)
        .readerFunction(
            new RowBlockReader(
                rows,
                serializable.io(),
                serializable.encryption(),
                new RowBlocksFactory(view, stream, projected, knownAt, partitions)))
        .build();
  }

  /** One of the {@link #columns}, as a table has it; null if it is not there. */
  public static Types.@Nullable NestedField find(JoinedView view, Schema table, String column) {
    return TableColumns.find(table, column, view.formerNames().get(column));
  }
}
