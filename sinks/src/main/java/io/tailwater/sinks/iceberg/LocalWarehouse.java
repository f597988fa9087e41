// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse in a directory of this machine.
 *
 * @param directory absolute and normalized
 */
record LocalWarehouse(Path directory) {
  private static final String CATALOG_FILE = "catalog.db";
  private static final String ADVICE =
      "; choose a directory that you may write to (--warehouse, or 'warehouse' in tailwater.yaml)";

  /** The warehouse at a path or a {@code file:} URI; null if the location is not local. */
  static @Nullable LocalWarehouse at(String location) {
    if (location.startsWith("file:")) {
      String path = location.contains("%") ? URI.create(location).getPath() : pathOf(location);
      return new LocalWarehouse(normalized(Path.of(path)));
    }
    return location.contains("://") ? null : new LocalWarehouse(normalized(Path.of(location)));
  }

  /** The location in Iceberg's form; unlike a URI of Java it escapes nothing. */
  String location() {
    return "file://" + directory;
  }

  /** A file's path, if its location is of this machine; else the location as it is. */
  static String withoutScheme(String location) {
    return location.startsWith("file:") ? pathOf(location) : location;
  }

  /** The SQLite file of the default catalog. */
  Path catalogFile() {
    return directory.resolve(CATALOG_FILE);
  }

  /**
   * Creates the directory if it is missing and proves that files can be written.
   *
   * @throws WarehouseException if not
   */
  void prepare() {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".writable", null));
    } catch (IOException e) {
      throw new WarehouseException(
          "Cannot write to the warehouse %s: %s%s".formatted(directory, reason(e), ADVICE), e);
    }
    if (Files.exists(catalogFile()) && !Files.isWritable(catalogFile())) {
      throw new WarehouseException(
          "Cannot write to the warehouse's catalog %s: it is read-only%s"
              .formatted(catalogFile(), ADVICE),
          null);
    }
  }

  /** The path in {@code file:/a}, {@code file:///a} or {@code file:a}; nothing is unescaped. */
  private static String pathOf(String location) {
    return location.substring("file:".length()).replaceFirst("^//+", "/");
  }

  private static Path normalized(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String reason(IOException e) {
    return "%s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName());
  }
}
