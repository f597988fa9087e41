// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.offline.OfflineSchema;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offline table of a view: {@code <project>.<view>}. */
public final class OfflineTables {

  /**
   * What a new table starts with; a table's owner may set other values later.
   *
   * <ul>
   *   <li>Format version 2, which every engine of today reads; zstd Parquet.
   *   <li>Row groups of 8 MB: a writer buffers one for each day that it has open, so Iceberg's 128
   *       MB would be too much when history is replayed. A checkpoint's files are small anyway.
   *   <li>Pages of 128 KB, which suit such row groups: an open file of twelve columns holds 0.5 MB
   *       from the start, and 2.4 MB with Iceberg's pages of 1 MB (measured).
   *   <li>Dictionaries of 16 KB: Iceberg's 2 MB are more than a column of such a row group has, so
   *       that each sum, of which few are the same, is looked up in a hash map before its pages are
   *       written again without a dictionary. Counts and flags keep theirs.
   *   <li>The last 50 metadata files are kept: a streaming job leaves one per checkpoint.
   *   <li>A checkpoint without rows makes no snapshot. Iceberg would make one after every 10.
   *   <li>Commits are tried again often: a stream, a backfill and a compaction may meet.
   * </ul>
   */
  static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry(TableProperties.FORMAT_VERSION, "2"),
          Map.entry(TableProperties.DEFAULT_FILE_FORMAT, "parquet"),
          Map.entry(TableProperties.PARQUET_COMPRESSION, "zstd"),
          Map.entry(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Long.toString(8L << 20)),
          Map.entry(TableProperties.PARQUET_PAGE_SIZE_BYTES, Integer.toString(128 << 10)),
          Map.entry(TableProperties.PARQUET_DICT_SIZE_BYTES, Integer.toString(16 << 10)),
          Map.entry(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Long.toString(128L << 20)),
          Map.entry(TableProperties.WRITE_DISTRIBUTION_MODE, "none"),
          Map.entry(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true"),
          Map.entry(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "50"),
          Map.entry(TableProperties.COMMIT_NUM_RETRIES, "20"),
          Map.entry("flink.max-continuous-empty-commits", Integer.toString(Integer.MAX_VALUE)));

  /** Of a schema change, against commits of rows: streams make one every few seconds. */
  private static final int EVOLUTION_ATTEMPTS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(OfflineTables.class);

  private OfflineTables() {}

  /** The name of the table of {@code view}. */
  public static TableIdentifier identifier(String project, String view) {
    return TableIdentifier.of(Namespace.of(project), view);
  }

  /**
   * Creates the table of {@code view}, with its namespace, or changes the one that is there to hold
   * its rows: columns are renamed, widened and added; those of features that are gone stay. Files
   * are not touched. Safe to call from several processes at once, and beside ones that write by an
   * older definition.
   *
   * @throws SchemaMismatchException if the table that is there cannot be changed so
   */
  public static Table createOrEvolve(Catalog catalog, String project, StoredView view) {
    TableIdentifier identifier = identifier(project, view.name());
    Schema schema = IcebergSchemas.schema(OfflineSchema.of(view));
    Table table =
        loadOrCreate(
            catalog,
            identifier,
            schema,
            IcebergSchemas.partition(schema),
            IcebergSchemas.sortOrder(schema, view.entity().joinKeys().size()));
    evolve(table, identifier, schema, formerNames(view));
    return table;
  }

  private static void evolve(
      Table table, TableIdentifier identifier, Schema schema, Map<String, String> formerNames) {
    for (int attempt = 1; ; attempt++) {
      TableEvolution evolution = TableEvolution.of(table, schema, formerNames);
      if (!evolution.problems().isEmpty()) {
        throw new SchemaMismatchException(identifier.toString(), evolution.problems());
      }
      if (evolution.steps().isEmpty()) {
        return;
      }
      try {
        evolution.commit();
        LOG.info("Changed table {}: {}", identifier, String.join(", ", evolution.steps()));
      } catch (CommitFailedException e) {
        // Another commit was faster, which may have been of the same change.
        if (attempt == EVOLUTION_ATTEMPTS) {
          throw e;
        }
      }
      table.refresh();
    }
  }

  /** The former names of the view's features that have been renamed, by their names. */
  static Map<String, String> formerNames(StoredView view) {
    Map<String, String> formerNames = new HashMap<>();
    for (Feature feature : view.storedFeatures()) {
      String was = feature.was();
      if (was != null) {
        formerNames.put(feature.name(), was);
      }
    }
    return formerNames;
  }

  /** The table as it is; where there is none, a new one with {@link #PROPERTIES}. */
  static Table loadOrCreate(
      Catalog catalog,
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec partition,
      SortOrder order) {
    if (!catalog.tableExists(identifier)) {
      createNamespace(catalog, identifier.namespace());
      try {
        return catalog
            .buildTable(identifier, schema)
            .withPartitionSpec(partition)
            .withSortOrder(order)
            .withProperties(PROPERTIES)
            .create();
      } catch (AlreadyExistsException e) {
        // Another process was faster; what it made is verified like any table.
        return catalog.loadTable(identifier);
      }
    }
    return catalog.loadTable(identifier);
  }

  private static void createNamespace(Catalog catalog, Namespace namespace) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // Another process was faster.
        return;
      }
    }
  }
}
