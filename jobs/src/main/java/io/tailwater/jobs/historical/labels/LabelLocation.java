// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.historical.files.FlinkFiles;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;

/** Finds labels by what a user writes: a file's path, or {@code iceberg:} and a table's name. */
public final class LabelLocation {
  /** What the name of a table begins with. */
  public static final String TABLE = "iceberg:";

  private LabelLocation() {}

  /**
   * Opens labels as far as their columns.
   *
   * @param location a path or URI that ends in {@code .csv} or {@code .parquet}, or {@code
   *     iceberg:namespace.table}
   * @param catalog where the tables are; asked only for a table
   * @throws IllegalArgumentException if there are none there, or they are of no known format
   */
  public static Labels open(String location, Supplier<CatalogLoader> catalog) throws IOException {
    requireNonNull(location, "location is null");
    if (location.startsWith(TABLE)) {
      return table(location.substring(TABLE.length()), catalog.get());
    }
    String ending = location.toLowerCase(Locale.ROOT);
    if (!ending.endsWith(".csv") && !ending.endsWith(".parquet")) {
      throw new IllegalArgumentException(
          "labels '%s': found no known ending, expected .csv or .parquet, or %sNAMESPACE.TABLE"
              .formatted(location, TABLE));
    }
    if (!FlinkFiles.exists(location) || FlinkFiles.isFolder(location)) {
      throw new IllegalArgumentException(
          "labels '%s': found no file there, expected the path of a .csv or .parquet file"
              .formatted(location));
    }
    try {
      return ending.endsWith(".csv") ? CsvLabels.of(location) : ParquetLabels.of(location);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("labels '%s': %s".formatted(location, e.getMessage()), e);
    } catch (RuntimeException e) {
      // Parquet's own complaint about a file that is none.
      throw new IllegalArgumentException(
          "labels '%s': cannot be read: %s".formatted(location, e.getMessage()), e);
    }
  }

  private static Labels table(String name, CatalogLoader catalog) throws IOException {
    try {
      return IcebergLabels.of(catalog, name);
    } catch (NoSuchTableException e) {
      throw new IllegalArgumentException(
          "labels '%s%s': found no such table in the warehouse's catalog".formatted(TABLE, name),
          e);
    }
  }
}
