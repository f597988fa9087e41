// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Finds the Iceberg catalog that a warehouse's tables are in.
 *
 * <p>Any catalog serves, by Iceberg's own properties ({@code type} or {@code catalog-impl}, {@code
 * uri}, …). Without them a warehouse on this machine gets a JdbcCatalog on an SQLite file {@code
 * catalog.db} in it: unlike HadoopCatalog it commits atomically between processes on a local disk.
 */
public final class IcebergCatalogs {
  /** The catalog's name; JdbcCatalog stores it with each table, so other tools need it. */
  public static final String CATALOG_NAME = "tailwater";

  /** How long a process waits for another one's write to the SQLite file, in milliseconds. */
  private static final String BUSY_TIMEOUT_MS = "30000";

  private IcebergCatalogs() {}

  /**
   * The catalog of {@code warehouse}. A local warehouse is created if it is missing.
   *
   * @param warehouse a path, a {@code file:} URI, or a location of another file system
   * @param properties Iceberg's catalog properties; may be empty for a local warehouse
   * @throws WarehouseException if a local warehouse cannot be written, or another one comes without
   *     a catalog
   */
  public static CatalogLoader loader(String warehouse, Map<String, String> properties) {
    requireNonNull(warehouse, "warehouse is null");
    LocalWarehouse local = LocalWarehouse.at(warehouse);
    if (local != null) {
      local.prepare();
    }
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent(
        CatalogProperties.WAREHOUSE_LOCATION, local == null ? warehouse : local.location());
    if (!namesCatalog(properties)) {
      if (local == null) {
        throw new WarehouseException(
            "The warehouse %s is not on this machine and no catalog is configured: set Iceberg's catalog properties ('type' and 'uri') under 'catalog' in tailwater.yaml"
                .formatted(warehouse),
            null);
      }
      sqlite(local).forEach(all::putIfAbsent);
    }
    return new PropertiesCatalogLoader(CATALOG_NAME, Map.copyOf(all));
  }

  private static boolean namesCatalog(Map<String, String> properties) {
    return properties.containsKey(CatalogUtil.ICEBERG_CATALOG_TYPE)
        || properties.containsKey(CatalogProperties.CATALOG_IMPL);
  }

  private static Map<String, String> sqlite(LocalWarehouse local) {
    return Map.of(
        CatalogUtil.ICEBERG_CATALOG_TYPE,
        CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC,
        CatalogProperties.URI,
        "jdbc:sqlite:" + local.catalogFile(),
        "jdbc.schema-version",
        "V1",
        "jdbc.busy_timeout",
        BUSY_TIMEOUT_MS);
  }
}
