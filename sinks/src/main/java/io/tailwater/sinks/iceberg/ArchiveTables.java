// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.stores.offline.ArchiveSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/** The table of a source's archive: {@code <project>.<source>_archive}, by day of event time. */
public final class ArchiveTables {
  private static final String SUFFIX = "_archive";

  private ArchiveTables() {}

  /** The name of the table of {@code source}. */
  public static TableIdentifier identifier(String project, String source) {
    return TableIdentifier.of(Namespace.of(project), source + SUFFIX);
  }

  /**
   * Creates the table of {@code source}, or gives the one that is there the columns of the fields
   * that the source has got since. Columns of fields that it has no more stay. Safe to call from
   * several processes at once.
   *
   * @throws SchemaMismatchException if a column has another type than its field
   */
  static Table createOrEvolve(Catalog catalog, String project, EventSource source) {
    TableIdentifier identifier = identifier(project, source.name());
    Schema schema = IcebergSchemas.schema(ArchiveSchema.of(source).columns());
    Table table =
        OfflineTables.loadOrCreate(
            catalog,
            identifier,
            schema,
            PartitionSpec.builderFor(schema).day(ArchiveSchema.EVENT_TIME).build(),
            SortOrder.builderFor(schema).asc(ArchiveSchema.EVENT_TIME).build());
    requireTypes(identifier, schema, table);
    addColumns(schema, table);
    return table;
  }

  private static void requireTypes(TableIdentifier identifier, Schema schema, Table table) {
    List<String> differences = new ArrayList<>();
    for (Types.NestedField column : schema.columns()) {
      Types.NestedField found = table.schema().findField(column.name());
      if (found != null && !TableEvolution.sameType(column.type(), found.type())) {
        differences.add(
            "column '%s' is %s, not %s".formatted(column.name(), found.type(), column.type()));
      }
    }
    if (!differences.isEmpty()) {
      throw new SchemaMismatchException(identifier.toString(), differences);
    }
  }

  private static void addColumns(Schema schema, Table table) {
    UpdateSchema update = table.updateSchema();
    boolean changed = false;
    for (Types.NestedField column : schema.columns()) {
      if (table.schema().findField(column.name()) == null) {
        update.addColumn(column.name(), column.type());
        changed = true;
      }
    }
    if (changed) {
      update.commit();
      table.refresh();
    }
  }
}
