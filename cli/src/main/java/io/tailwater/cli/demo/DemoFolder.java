// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.SettingsLoader;
import io.tailwater.definitions.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps its definitions and its warehouse. The next run starts with an empty one; two
 * runs at once do not share one.
 */
final class DemoFolder implements AutoCloseable {
  private static final List<String> DEFINITIONS =
      List.of(
          "retail.yaml",
          "order.avsc",
          "cart.avsc",
          "page_view.avsc",
          "support_ticket.avsc",
          "tests/customer.yaml",
          "tests/product.yaml");

  private final Path path;
  private final FileChannel lock;

  private DemoFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens {@code path}, emptied of what an earlier run left there.
   *
   * @throws CommandException if it cannot be written to or another run uses it
   */
  static DemoFolder open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel channel = locked(absolute);
      deleteWithin(absolute.resolve("definitions"));
      deleteWithin(absolute.resolve("warehouse"));
      deleteWithin(absolute.resolve("checkpoints"));
      return new DemoFolder(absolute, channel);
    } catch (IOException e) {
      throw new CommandException(
          "The demo cannot write to %s (%s).%nRun it in a directory of yours, or name one: tailwater demo --directory DIR"
              .formatted(absolute, e),
          e);
    }
  }

  /** Where the definitions are. */
  Path definitions() {
    return path.resolve("definitions");
  }

  /** Copies the shipped retail project here; returns where it is. */
  Path copyDefinitions() {
    Path definitions = definitions();
    try {
      Files.createDirectories(definitions.resolve("tests"));
      for (String name : DEFINITIONS) {
        try (InputStream shipped =
            requireNonNull(DemoFolder.class.getResourceAsStream("retail/" + name), name)) {
          Files.copy(shipped, definitions.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return definitions;
    } catch (IOException e) {
      throw new CommandException("Cannot write to %s: %s".formatted(definitions, e), e);
    }
  }

  /** Writes what other commands need to find the demo's services. */
  void write(Settings settings) throws IOException {
    Files.writeString(
        definitions().resolve(SettingsLoader.FILE_NAME),
        "# Of the last demo; the services are there as long as it is up.%nkafka: %s%nredis: '%s:%d'%nwarehouse: '%s'%n"
            .formatted(
                requireNonNull(settings.kafka()).bootstrap(),
                requireNonNull(settings.redis()).host(),
                requireNonNull(settings.redis()).port(),
                requireNonNull(settings.warehouse()).replace("'", "''")));
  }

  /** Where the Iceberg tables go. */
  Path warehouse() {
    return path.resolve("warehouse");
  }

  /** Where the job's checkpoints go. */
  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new CommandException(
          "Another demo runs in %s. Stop it, or name another directory: tailwater demo --directory DIR"
              .formatted(folder));
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process, which counts as well.
      return null;
    }
  }

  private static void deleteWithin(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
