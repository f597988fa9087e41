// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files of a location: the one, or those in the folder and the folders in it whose names end
 * like a known format, in the order of their names (by code unit, folders' names included). As in
 * other tools, names that begin with {@code _} or {@code .} are not data.
 *
 * @param byName each file's path by its name: of a file alone that without its folder, in a folder
 *     the path from there on
 */
record EventFiles(TreeMap<String, String> byName) implements Serializable {
  /**
   * Lists them.
   *
   * @throws FileNotFoundException if there is nothing at the location
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the file's name ends like no format, or no file's in the
   *     folder does
   */
  static EventFiles of(FileLocation location) throws IOException {
    Path path = new Path(location.path());
    FileSystem files = path.getFileSystem();
    FileStatus status = files.getFileStatus(path);
    TreeMap<String, String> byName = new TreeMap<>(Comparator.naturalOrder());
    if (status.isDir()) {
      list(files, path, "", byName);
      if (byName.isEmpty()) {
        throw new IllegalArgumentException(
            "folder '%s': found no file of a known ending in it, expected some of %s"
                .formatted(location.path(), FileFormat.endings()));
      }
    } else {
      requireFormat(path.getName());
      byName.put(path.getName(), location.path());
    }
    return new EventFiles(byName);
  }

  /**
   * Checks that events of {@code source} can come from each of the files.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if its fields are not the schema's
   */
  void check(EventSource source) throws IOException {
    for (Map.Entry<String, String> file : byName.entrySet()) {
      EventFile.open(source, new Path(file.getValue()), file.getKey()).close();
    }
  }

  /** Opens one of them. */
  EventFile open(EventSource source, String name) throws IOException {
    String path = byName.get(name);
    if (path == null) {
      throw new FileNotFoundException("file '%s' is not there any more".formatted(name));
    }
    return EventFile.open(source, new Path(path), name);
  }

  private static void list(FileSystem files, Path folder, String prefix, Map<String, String> byName)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (status.isDir()) {
        list(files, status.getPath(), prefix + name + "/", byName);
      } else if (FileFormat.of(name).isPresent()) {
        byName.put(prefix + name, status.getPath().toString());
      }
    }
  }

  private static void requireFormat(String name) {
    if (FileFormat.of(name).isEmpty()) {
      throw new IllegalArgumentException(
          "file '%s': found no known ending, expected one of %s"
              .formatted(name, FileFormat.endings()));
    }
  }
}
