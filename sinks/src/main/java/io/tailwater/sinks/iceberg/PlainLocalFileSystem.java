// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its costs per file: a {@code chmod} process for one that is
 * written and an {@code ls} process for one that is listed, which it starts where its native
 * library is missing (tens of milliseconds in a busy JVM), and a second file with checksums, which
 * Parquet has itself. Hadoop makes instances by reflection.
 */
public final class PlainLocalFileSystem extends RawLocalFileSystem {
  private static final String LOCAL_FILES = "fs.file.impl";

  /** Read once: Hadoop would parse its files of defaults anew for each catalog that is opened. */
  private static final class Loaded {
    private static final Configuration CONFIGURATION = new Configuration();

    static {
      CONFIGURATION.set(LOCAL_FILES, PlainLocalFileSystem.class.getName());
      CONFIGURATION.setClassLoader(PlainLocalFileSystem.class.getClassLoader());
      // Hadoop reads its files when it is asked for a value.
      CONFIGURATION.size();
    }
  }

  /** Hadoop's configuration of this machine, with this file system for {@code file:}. */
  static Configuration configuration() {
    return new Configuration(Loaded.CONFIGURATION);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    java.nio.file.Path file = Paths.get(pathToFile(path).getPath());
    String symbolic =
        permission.getUserAction().SYMBOL
            + permission.getGroupAction().SYMBOL
            + permission.getOtherAction().SYMBOL;
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(symbolic));
    } catch (UnsupportedOperationException e) {
      // Not a POSIX file system: what the directory grants holds.
      return;
    }
  }

  /**
   * What is asked for of a file: neither its owner nor its permissions, which Hadoop looks up when
   * it lists files, and fails if one has gone meanwhile.
   */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus status = super.getFileStatus(path);
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  /** Iceberg's source asks for it; Hadoop's own class has none. */
  @Override
  public String getScheme() {
    return "file";
  }
}
