// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory of its own that goes with all its content when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates an empty directory in the system's place for temporary files.
   *
   * @param prefix what its name begins with
   * @throws EmbeddedServiceException if the place cannot be written to, or the process is ending
   */
  public static TemporaryDirectory create(String prefix) {
    requireNonNull(prefix, "prefix is null");
    CloseAtExit.requireRunningJvm();
    try {
      return new TemporaryDirectory(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          ("Cannot create a directory in %s (%s): make it writable, or name another one with"
                  + " -Djava.io.tmpdir=DIR")
              .formatted(System.getProperty("java.io.tmpdir"), e),
          e);
    }
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /** Deletes the directory with its content; what is already gone is no error. */
  @Override
  public void close() {
    try {
      deleteRecursively(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + path, e);
    }
  }

  private static void deleteRecursively(Path root) throws IOException {
    try {
      Files.walkFileTree(root, new Deleter());
    } catch (NoSuchFileException e) {
      // Something else deleted a part meanwhile, which is what we want: the rest goes now.
      if (Files.exists(root)) {
        Files.walkFileTree(root, new Deleter());
      }
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
