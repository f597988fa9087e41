// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Loads a catalog by Iceberg's properties, on the machine that needs it. */
record PropertiesCatalogLoader(String name, Map<String, String> properties)
    implements CatalogLoader {

  @Override
  public Catalog loadCatalog() {
    loadSqliteDriver();
    try {
      return build();
    } catch (UncheckedSQLException e) {
      // Two processes that create a JdbcCatalog's tables at the same moment: one of them loses,
      // and finds them when it looks again.
      return build();
    }
  }

  private Catalog build() {
    return CatalogUtil.buildIcebergCatalog(name, properties, PlainLocalFileSystem.configuration());
  }

  /** DriverManager looks in the system's class loader only, and a job's JAR is not there. */
  private void loadSqliteDriver() {
    if (properties.getOrDefault(CatalogProperties.URI, "").startsWith("jdbc:sqlite:")) {
      try {
        Class.forName("org.sqlite.JDBC");
      } catch (ClassNotFoundException e) {
        throw new WarehouseException("The SQLite driver is missing from the class path", e);
      }
    }
  }

  @Override
  public CatalogLoader clone() {
    return this;
  }
}
