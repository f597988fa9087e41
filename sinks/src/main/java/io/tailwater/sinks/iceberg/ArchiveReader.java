// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.offline.ArchiveSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.source.IcebergSource;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A source's archive as it was at one moment: what is appended later is not in it. Not thread-safe.
 */
public final class ArchiveReader implements Closeable {
  private final OpenCatalog open;
  private final CatalogLoader catalog;
  private final TableIdentifier identifier;
  private final EventSource source;
  private final Table table;
  private final @Nullable Snapshot snapshot;

  private ArchiveReader(
      OpenCatalog open, CatalogLoader catalog, TableIdentifier identifier, EventSource source) {
    this.open = open;
    this.catalog = catalog;
    this.identifier = identifier;
    this.source = source;
    this.table = open.catalog().loadTable(identifier);
    this.snapshot = table.currentSnapshot();
  }

  /**
   * Opens the archive of {@code source}.
   *
   * @throws NoSuchTableException if there is none
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static ArchiveReader open(CatalogLoader catalog, String project, EventSource source) {
    OpenCatalog open = OpenCatalog.of(catalog);
    return new ArchiveReader(
        open, catalog, ArchiveTables.identifier(project, source.name()), source);
  }

  /**
   * A bounded source of the archive's rows with an event time of {@code from} or later. Files of
   * other times are not opened.
   *
   * @param from milliseconds since the epoch; {@link Long#MIN_VALUE} for all
   * @throws IllegalStateException if nothing was archived yet
   */
  public IcebergSource<RowData> source(long from) {
    IcebergSource.Builder<RowData> builder =
        IcebergSource.forRowData()
            .tableLoader(TableLoader.fromCatalog(catalog, identifier))
            .streaming(false)
            .useSnapshotId(snapshot().snapshotId())
            .project(projection());
    if (from != Long.MIN_VALUE) {
      builder.filters(List.of(since(from)));
    }
    return builder.build();
  }

  /** How the source's rows become events. */
  public ArchiveRows rows() {
    return ArchiveRows.of(source, projection());
  }

  /**
   * Hands over the archived events, in no particular order, one file in memory at a time.
   *
   * @param anyOf by name, values of fields, not null: of each event at least one of these is all
   *     true; files that have none are not opened. Empty for all events
   */
  public void forEach(List<Map<String, Object>> anyOf, Consumer<ArchivedEvent> consumer) {
    if (snapshot == null) {
      return;
    }
    Schema projection = projection();
    List<String> names = projection.columns().stream().map(Types.NestedField::name).toList();
    read(
        ArchivedRecords.filter(source, anyOf),
        names,
        record -> consumer.accept(ArchivedRecords.event(source, names, record)));
  }

  /** Whether nothing was archived yet. */
  public boolean isEmpty() {
    return snapshot == null;
  }

  /** How many events there are at most with an event time of {@code from} or later. */
  public long eventCount(long from) {
    long count = 0;
    for (FileScanTask task : files(since(from))) {
      count += task.file().recordCount();
    }
    return count;
  }

  /**
   * The newest event time that is not beyond {@code latest}, in milliseconds; empty if there is
   * none. Files tell it by their statistics, but those that hold later events are read.
   */
  public OptionalLong newestEventTime(long latest) {
    int column = table.schema().findField(ArchiveSchema.EVENT_TIME).fieldId();
    long newest = Long.MIN_VALUE;
    boolean beyond = false;
    for (FileScanTask task : files(Expressions.alwaysTrue())) {
      long upper = MICROSECONDS.toMillis(bound(task, column));
      beyond |= upper > latest;
      newest = upper > latest ? newest : Math.max(newest, upper);
    }
    if (beyond) {
      newest = Math.max(newest, newestByReading(newest, latest));
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /** What is archived of each topic and partition. Reads four columns of the whole archive. */
  public Map<String, Map<Integer, ArchivedPartition>> partitions() {
    Map<String, Map<Integer, ArchivedPartition>> partitions = new TreeMap<>();
    if (snapshot != null) {
      long latest = lastAppend();
      read(
          Expressions.alwaysTrue(),
          List.of(
              ArchiveSchema.TOPIC,
              ArchiveSchema.PARTITION,
              ArchiveSchema.OFFSET,
              ArchiveSchema.EVENT_TIME),
          row -> {
            OffsetDateTime time = (OffsetDateTime) row.getField(ArchiveSchema.EVENT_TIME);
            partitions
                .computeIfAbsent(row.getField(ArchiveSchema.TOPIC).toString(), t -> new TreeMap<>())
                .merge(
                    (Integer) row.getField(ArchiveSchema.PARTITION),
                    ArchivedPartition.of(
                        (Long) row.getField(ArchiveSchema.OFFSET),
                        time.toInstant().toEpochMilli(),
                        latest),
                    ArchivedPartition::and);
          });
    }
    return partitions;
  }

  /** A compaction archives nothing. */
  private long lastAppend() {
    for (Snapshot each : SnapshotUtil.ancestorsOf(snapshot().snapshotId(), table::snapshot)) {
      if (each.operation().equals(DataOperations.APPEND)) {
        return each.timestampMillis();
      }
    }
    return snapshot().timestampMillis();
  }

  /** The watermark that the archive has come to, in milliseconds; empty if none was recorded. */
  public OptionalLong watermark() {
    return SnapshotWatermark.of(table);
  }

  @Override
  public void close() throws IOException {
    open.close();
  }

  private Snapshot snapshot() {
    if (snapshot == null) {
      throw new IllegalStateException(
          "archive %s: found no events in it, expected some: a stream with archive: true fills it"
              .formatted(identifier));
    }
    return snapshot;
  }

  /** The table's columns that the source has, in the table's order. */
  private Schema projection() {
    List<String> names = new ArrayList<>(source.fields().stream().map(Field::name).toList());
    names.addAll(
        List.of(
            ArchiveSchema.EVENT_TIME,
            ArchiveSchema.TOPIC,
            ArchiveSchema.PARTITION,
            ArchiveSchema.OFFSET));
    List<Types.NestedField> columns =
        table.schema().columns().stream().filter(c -> names.contains(c.name())).toList();
    return new Schema(columns);
  }

  private long newestByReading(long above, long latest) {
    long[] newest = {Long.MIN_VALUE};
    Expression between =
        Expressions.and(
            since(above),
            Expressions.lessThan(ArchiveSchema.EVENT_TIME, MILLISECONDS.toMicros(latest + 1)));
    read(
        between,
        List.of(ArchiveSchema.EVENT_TIME),
        row -> {
          OffsetDateTime time = (OffsetDateTime) row.getField(ArchiveSchema.EVENT_TIME);
          newest[0] = Math.max(newest[0], time.toInstant().toEpochMilli());
        });
    return newest[0];
  }

  private void read(Expression filter, List<String> columns, Consumer<Record> consumer) {
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot().snapshotId())
            .select(columns.toArray(String[]::new))
            .where(filter)
            .build()) {
      records.forEach(consumer);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + identifier, e);
    }
  }

  private List<FileScanTask> files(Expression filter) {
    List<FileScanTask> files = new ArrayList<>();
    if (snapshot == null) {
      return files;
    }
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .includeColumnStats(List.of(ArchiveSchema.EVENT_TIME))
            .filter(filter)
            .planFiles()) {
      tasks.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + identifier, e);
    }
    return files;
  }

  /** The upper bound of a column; without statistics the greatest value, so that it is read. */
  private static long bound(FileScanTask task, int column) {
    Map<Integer, java.nio.ByteBuffer> bounds = task.file().upperBounds();
    java.nio.ByteBuffer bytes = bounds == null ? null : bounds.get(column);
    Long bound =
        bytes == null ? null : Conversions.fromByteBuffer(Types.TimestampType.withZone(), bytes);
    return bound == null ? Long.MAX_VALUE : bound;
  }

  private static Expression since(long from) {
    return from == Long.MIN_VALUE
        ? Expressions.alwaysTrue()
        : Expressions.greaterThanOrEqual(ArchiveSchema.EVENT_TIME, MILLISECONDS.toMicros(from));
  }
}
