// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.Closeable;
import java.io.IOException;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/** A catalog to be closed after use, if its kind has something to close. */
public record OpenCatalog(Catalog catalog) implements Closeable {

  /** Opens the catalog of {@code loader}. */
  public static OpenCatalog of(CatalogLoader loader) {
    return new OpenCatalog(loader.loadCatalog());
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
