// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.util.FileUtils;

/**
 * A project's folder, wherever it is: on this machine, on a file system that Flink knows, or inside
 * the JAR that is run. Its files are read while it is open.
 */
final class DefinitionsFolder implements AutoCloseable {
  private static final String IN_THE_JAR = "classpath:";
  private static final Pattern URI_SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private final Path path;
  private final Closeable resource;

  private DefinitionsFolder(Path path, Closeable resource) {
    this.path = path;
    this.resource = resource;
  }

  /**
   * Opens it.
   *
   * @param location a path, a URI, or {@code classpath:NAME}
   * @throws IllegalArgumentException if it cannot be read
   */
  static DefinitionsFolder open(String location) {
    requireNonNull(location, "location is null");
    try {
      if (location.startsWith(IN_THE_JAR)) {
        return inTheJar(location.substring(IN_THE_JAR.length()));
      }
      return URI_SCHEME.matcher(location).matches()
          ? copied(new org.apache.flink.core.fs.Path(location))
          : new DefinitionsFolder(Path.of(location), () -> {});
    } catch (IOException | URISyntaxException e) {
      throw new IllegalArgumentException(
          "--definitions %s: cannot be read (%s)".formatted(location, e), e);
    }
  }

  /** Where its files can be read. */
  Path path() {
    return path;
  }

  /** Forgets what was copied or opened. */
  @Override
  public void close() {
    try {
      resource.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DefinitionsFolder inTheJar(String name) throws IOException, URISyntaxException {
    // Of whoever runs the main: Flink loads the JAR that it was given in a loader of its own.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    URL found = loader.getResource(name + "/");
    if (found == null) {
      throw new IllegalArgumentException(
          "--definitions %s%s: found no such folder in the JAR, expected one, as 'jar uf JAR -C DIR %s' puts it there"
              .formatted(IN_THE_JAR, name, name));
    }
    if (!found.getProtocol().equals("jar")) {
      return new DefinitionsFolder(Path.of(found.toURI()), () -> {});
    }
    String jar = found.getPath().substring(0, found.getPath().lastIndexOf('!'));
    java.nio.file.FileSystem zip =
        FileSystems.newFileSystem(Path.of(URI.create(jar)), (ClassLoader) null);
    return new DefinitionsFolder(zip.getPath("/" + name), zip);
  }

  private static DefinitionsFolder copied(org.apache.flink.core.fs.Path folder) throws IOException {
    Path copy = Files.createTempDirectory("tailwater-definitions-");
    DefinitionsFolder opened =
        new DefinitionsFolder(copy, () -> FileUtils.deleteDirectory(copy.toFile()));
    try {
      copy(folder.getFileSystem(), folder, copy);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static void copy(FileSystem files, org.apache.flink.core.fs.Path from, Path to)
      throws IOException {
    FileStatus[] entries = files.listStatus(from);
    if (entries == null) {
      throw new IOException("there is no folder");
    }
    for (FileStatus entry : entries) {
      Path target = to.resolve(entry.getPath().getName());
      if (entry.isDir()) {
        copy(files, entry.getPath(), Files.createDirectory(target));
      } else {
        try (InputStream in = files.open(entry.getPath())) {
          Files.copy(in, target);
        }
      }
    }
  }
}
