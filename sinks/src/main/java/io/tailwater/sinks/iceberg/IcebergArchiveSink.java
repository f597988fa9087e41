// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;

/**
 * Appends a source's events to its archive, exactly once: events appear with the checkpoint that
 * they belong to, in one commit, whose summary has the watermark as {@code tailwater.watermark}. So
 * a snapshot holds, of each partition, every event up to the largest offset that it holds; see
 * {@link ArchivedPartition#nextOffset}.
 */
public final class IcebergArchiveSink {
  /** Live events are of today; late ones may open a few days more. */
  private static final int MAX_OPEN_DAYS = 4;

  private final CatalogLoader catalog;
  private final String project;
  private final EventSource source;
  private final Table table;

  private IcebergArchiveSink(
      CatalogLoader catalog, String project, EventSource source, Table table) {
    this.catalog = catalog;
    this.project = project;
    this.source = source;
    this.table = table;
  }

  /**
   * The sink into the catalog's table {@code <project>.<source>_archive}. Creates the table, or
   * adds columns to it, at once.
   *
   * @throws SchemaMismatchException if a column of the table has another type than its field
   * @throws IllegalArgumentException if a field has the name of one of the archive's own columns
   */
  public static IcebergArchiveSink of(CatalogLoader catalog, String project, EventSource source) {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(project, "project is null");
    requireNonNull(source, "source is null");
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table =
          SerializableTable.copyOf(ArchiveTables.createOrEvolve(open.catalog(), project, source));
      return new IcebergArchiveSink(catalog, project, source, table);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the catalog", e);
    }
  }

  /** How events become the rows to attach the sink to. */
  public ArchiveRows rows() {
    return ArchiveRows.of(source, table.schema());
  }

  /**
   * Attaches the sink.
   *
   * @param rows of {@link #rows()}
   * @param uid unique in the job and the same in all its versions: the operators' uids begin with
   *     it
   */
  public DataStreamSink<?> attach(DataStream<RowData> rows, String uid) {
    requireNonNull(uid, "uid is null");
    return OfflineRowStream.sinkOf(
            rows,
            new OfflineSinkOptions<>(
                table, rows(), MAX_OPEN_DAYS, Watermarked.NONE, Watermarked.NONE, null),
            TableLoader.fromCatalog(catalog, ArchiveTables.identifier(project, source.name())),
            uid)
        .append();
  }
}
