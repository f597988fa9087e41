// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
   * Hands over the rows of some entities, and perhaps of others, in no particular order; one file
   * in memory at a time.
   *
   * @param entities the join keys' values of each, in the entity's order
   */
  public void forEachOf(List<Object[]> entities, Consumer<OfflineRow> consumer) {
    JoinKey first = keys.get(0);
    List<Object> literals =
        entities.stream()
            .map(key -> RecordConverter.literal(first.type(), key[0]))
            .distinct()
            .toList();
    scan(Expressions.in(first.name(), literals), consumer);
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

  /**
   * By feature, from when on the table's rows are fully known: see {@link SnapshotCompleteness}.
   */
  public Map<String, Long> completeFrom() {
    table.refresh();
    return SnapshotCompleteness.of(table);
  }

  /** The table's current state. */
  public OfflineSnapshot snapshot() {
    table.refresh();
    return OfflineSnapshot.of(table);
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
