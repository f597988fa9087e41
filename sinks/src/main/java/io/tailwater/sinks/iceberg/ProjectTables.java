// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.flink.CatalogLoader;

/** All tables that a project has in a warehouse: those of its views, and its sources' archives. */
public final class ProjectTables {
  private ProjectTables() {}

  /** Their names within the project, sorted; none if nothing was ever written. */
  public static List<String> names(CatalogLoader loader, String project) throws IOException {
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      return open.catalog().listTables(Namespace.of(project)).stream()
          .map(TableIdentifier::name)
          .sorted()
          .toList();
    } catch (NoSuchNamespaceException e) {
      return List.of();
    }
  }

  /**
   * The current state of one of them.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none of that name
   */
  public static OfflineSnapshot snapshot(CatalogLoader loader, String project, String table)
      throws IOException {
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      return OfflineSnapshot.of(open.catalog().loadTable(OfflineTables.identifier(project, table)));
    }
  }
}
