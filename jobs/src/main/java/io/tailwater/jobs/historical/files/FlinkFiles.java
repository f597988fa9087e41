// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.files;

import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Files by their path or URI, through Flink's file systems. */
public final class FlinkFiles {
  private FlinkFiles() {}

  /** A path of this machine as it is from everywhere; a URI stays as it is. */
  public static String absolute(String path) {
    boolean isUri = path.startsWith("file:") || path.contains("://");
    return isUri ? path : java.nio.file.Path.of(path).toAbsolutePath().normalize().toString();
  }

  /** Opens a file to read it. */
  public static InputStream open(String path) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem().open(file);
  }

  /** Creates a file, or empties it, to write it. */
  public static FSDataOutputStream create(String path) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem().create(file, WriteMode.OVERWRITE);
  }

  /** Whether there is a file. */
  public static boolean exists(String path) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem().exists(file);
  }

  /** Whether there is a folder of that path. */
  public static boolean isFolder(String path) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem().exists(file) && file.getFileSystem().getFileStatus(file).isDir();
  }

  /** Deletes a file, if it is there. */
  public static void delete(String path) throws IOException {
    Path file = new Path(path);
    file.getFileSystem().delete(file, false);
  }

  /**
   * Gives a file another name, in one step where the file system can; a file of that name is
   * replaced.
   */
  public static void rename(String from, String to) throws IOException {
    Path source = new Path(from);
    Path target = new Path(to);
    FileSystem files = source.getFileSystem();
    // Flink's local file system replaces; those that do not, keep the old file until here.
    if (!files.rename(source, target)) {
      files.delete(target, false);
      if (!files.rename(source, target)) {
        throw new IOException("Cannot rename %s to %s".formatted(from, to));
      }
    }
  }

  /** The file in the form of Iceberg's readers. */
  public static InputFile input(String path) {
    return new FlinkInputFile(path);
  }

  /** The file in the form of Iceberg's writers. */
  public static OutputFile output(String path) {
    return new FlinkOutputFile(path);
  }
}
