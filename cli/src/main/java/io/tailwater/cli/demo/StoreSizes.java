// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.stores.redis.RedisOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import redis.clients.jedis.RedisClient;

/** How much is in the stores, as they count themselves. Not thread-safe. */
final class StoreSizes implements AutoCloseable {
  private final RedisClient redis;
  private final Catalog catalog;
  private final List<TableIdentifier> tables;

  StoreSizes(Project project, RedisOptions redis, CatalogLoader catalog) {
    this.redis = RedisClient.create(redis.endpoint().host(), redis.endpoint().port());
    this.catalog = catalog.loadCatalog();
    this.tables =
        project.views().stream()
            .map(view -> OfflineTables.identifier(project.name(), view.name()))
            .toList();
  }

  /** Keys in Redis. */
  long redisKeys() {
    return redis.dbSize();
  }

  /** Rows in the current snapshots of all tables. */
  long icebergRows() {
    long rows = 0;
    for (TableIdentifier table : tables) {
      Snapshot snapshot =
          catalog.tableExists(table) ? catalog.loadTable(table).currentSnapshot() : null;
      if (snapshot != null) {
        rows +=
            Long.parseLong(
                snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    redis.close();
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
