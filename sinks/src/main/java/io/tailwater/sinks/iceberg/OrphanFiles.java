// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * The files below a table's {@code data} and {@code metadata} that nothing in the table refers to:
 * what is left of writers that ended before they committed. One that is still at it has files of
 * the same kind, so only old ones count.
 *
 * <p>Two locations are the same if their paths are, whatever scheme and bucket: {@code file:/a} and
 * {@code file:///a}, {@code s3://b/a} and {@code s3a://b/a}. A file that is kept for that without
 * need costs little, one that is deleted cannot be had back.
 *
 * @param table a table
 * @param sizes the files' sizes in bytes, by location
 */
record OrphanFiles(Table table, Map<String, Long> sizes) {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?");
  private static final Pattern SLASHES = Pattern.compile("/{2,}");
  private static final List<String> FOLDERS = List.of("/data/", "/metadata/");
  private static final String PATH = "file_path";

  /**
   * Finds them.
   *
   * @param olderThan the instant in milliseconds before which they were written
   * @throws TableCareException if the table's storage cannot list files
   */
  static OrphanFiles find(Table table, long olderThan) throws IOException {
    // Listed first: what is committed from here on is known when references are read.
    Map<String, FileInfo> found = listed(table, olderThan);
    if (!found.isEmpty()) {
      table.refresh();
      removeMetadata(table, found);
      removeContents(table, found);
    }
    Map<String, Long> sizes = new HashMap<>();
    found.values().forEach(file -> sizes.put(file.location(), file.size()));
    return new OrphanFiles(table, sizes);
  }

  /**
   * Deletes them. Those that are gone already, by another that takes care of the table, are no
   * trouble.
   *
   * @throws TableCareException if some could not be deleted
   */
  void delete() {
    if (sizes.isEmpty()) {
      return;
    }
    FileIO io = table.io();
    try {
      if (io instanceof SupportsBulkOperations bulk) {
        bulk.deleteFiles(sizes.keySet());
      } else {
        sizes.keySet().forEach(io::deleteFile);
      }
    } catch (BulkDeletionFailureException e) {
      throw new TableCareException(
          "%d of the %d files of %s that nothing refers to could not be deleted; the log says why. May this process delete files below %s?"
              .formatted(e.numberFailedObjects(), sizes.size(), table.name(), table.location()));
    }
  }

  /** By path. */
  private static Map<String, FileInfo> listed(Table table, long olderThan) {
    if (!(table.io() instanceof SupportsPrefixOperations storage)) {
      throw new TableCareException(
          "the files of %s cannot be listed by %s to find those that nothing refers to; leave them where they are (--orphan-days 0)"
              .formatted(table.name(), table.io().getClass().getName()));
    }
    String root = path(table.location());
    Map<String, FileInfo> files = new HashMap<>();
    for (FileInfo file : storage.listPrefix(table.location() + "/")) {
      String path = path(file.location());
      if (file.createdAtMillis() < olderThan
          && FOLDERS.stream().anyMatch(folder -> path.startsWith(root + folder))) {
        files.put(path, file);
      }
    }
    return files;
  }

  private static void removeMetadata(Table table, Map<String, FileInfo> files) {
    remove(ReachableFileUtil.metadataFileLocations(table, /* recursive= */ false), files);
    remove(ReachableFileUtil.manifestListLocations(table), files);
    remove(ReachableFileUtil.statisticsFilesLocations(table), files);
    remove(List.of(ReachableFileUtil.versionHintLocation(table)), files);
  }

  private static void remove(Iterable<String> locations, Map<String, FileInfo> files) {
    locations.forEach(location -> files.remove(path(location)));
  }

  private static void removeContents(Table table, Map<String, FileInfo> files) throws IOException {
    Set<String> read = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (read.add(manifest.path())) {
          files.remove(path(manifest.path()));
          try (ManifestReader<? extends ContentFile<?>> contents = open(table, manifest)) {
            contents.forEach(file -> files.remove(path(file.location())));
          }
        }
      }
    }
  }

  private static ManifestReader<? extends ContentFile<?>> open(Table table, ManifestFile manifest) {
    Map<Integer, PartitionSpec> specs = table.specs();
    return manifest.content() == ManifestContent.DATA
        ? ManifestFiles.read(manifest, table.io(), specs).select(List.of(PATH))
        : ManifestFiles.readDeleteManifest(manifest, table.io(), specs).select(List.of(PATH));
  }

  /** A location's path; nothing is unescaped. */
  static String path(String location) {
    return SLASHES.matcher(SCHEME.matcher(location).replaceFirst("")).replaceAll("/");
  }
}
