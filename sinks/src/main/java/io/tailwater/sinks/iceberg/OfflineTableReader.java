// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.OfflineSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads a view's offline table in this process; each call sees the snapshot that is current then.
 * Not thread-safe.
 */
public final class OfflineTableReader implements Closeable {
  private final OpenCatalog catalog;
  private final Table table;
  private final List<JoinKey> keys;
  private final RecordConverter converter;

  private OfflineTableReader(OpenCatalog catalog, Table table, StoredView view) {
    this.catalog = catalog;
    this.table = table;
    this.keys = view.entity().joinKeys();
    this.converter = RecordConverter.of(view);
  }

  /**
   * Opens the table {@code <project>.<view>}.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none
   */
  public static OfflineTableReader open(CatalogLoader loader, String project, StoredView view) {
    OpenCatalog catalog = OpenCatalog.of(loader);
    Table table = catalog.catalog().loadTable(OfflineTables.identifier(project, view.name()));
    return new OfflineTableReader(catalog, table, view);
  }

  /** Hands every row to {@code consumer}, in no particular order, one file in memory at a time. */
  public void forEach(Consumer<OfflineRow> consumer) {
    scan(Expressions.alwaysTrue(), consumer);
  }

  /** All rows, in no particular order. */
  public List<OfflineRow> rows() {
    List<OfflineRow> rows = new ArrayList<>();
    forEach(rows::add);
    return rows;
  }

  /**
   * The rows of one entity, in no particular order.
   *
   * @param key the join keys' values, in the entity's order
   */
  public List<OfflineRow> rowsOf(Object[] key) {
    if (key.length != keys.size()) {
      throw new IllegalArgumentException(
          "a key of %d values for the %d join keys".formatted(key.length, keys.size()));
    }
    Expression filter = Expressions.alwaysTrue();
    for (int i = 0; i < key.length; i++) {
      Object literal = RecordConverter.literal(keys.get(i).type(), key[i]);
      filter = Expressions.and(filter, Expressions.equal(keys.get(i).name(), literal));
    }
    List<OfflineRow> rows = new ArrayList<>();
    scan(filter, rows::add);
    return rows;
  }

  /**
   * Whether the table has a row at an instant of a range.
   *
   * @param from the first instant, in milliseconds
   * @param to the last one
   */
  public boolean hasRowsBetween(long from, long to) {
    table.refresh();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .select(OfflineSchema.EVENT_TIMESTAMP)
            .where(between(from, to))
            .build()) {
      return records.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + table.name(), e);
    }
  }

  private static Expression between(long from, long to) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(from)),
        Expressions.lessThanOrEqual(OfflineSchema.EVENT_TIMESTAMP, MILLISECONDS.toMicros(to)));
  }

  private void scan(Expression filter, Consumer<OfflineRow> consumer) {
    table.refresh();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).where(filter).build()) {
      for (Record row : records) {
        consumer.accept(converter.convert(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + table.name(), e);
    }
  }

  /** The table's current state. */
  public OfflineSnapshot snapshot() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    OptionalLong watermark = SnapshotWatermark.of(table);
    return new OfflineSnapshot(
        ((HasTableOperations) table).operations().current().metadataFileLocation(),
        current == null ? null : current.snapshotId(),
        watermark.isPresent() ? watermark.getAsLong() : null,
        dataFiles());
  }

  private List<String> dataFiles() {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(LocalWarehouse.withoutScheme(task.file().location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + table.name(), e);
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
