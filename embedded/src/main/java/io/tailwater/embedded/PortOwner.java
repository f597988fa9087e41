// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens on a port. Linux tells it in {@code /proc}, of one's own processes; elsewhere the
 * answer is "another process".
 */
final class PortOwner {
  private static final Logger LOG = LoggerFactory.getLogger(PortOwner.class);

  /** Columns of {@code /proc/net/tcp}: local address, state and inode of a socket. */
  private static final int LOCAL_ADDRESS = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** The listener in words, with its process id and program where they can be known. */
  static String describe(int port) {
    return listeningInode(port)
        .flatMap(PortOwner::holderOf)
        .map(PortOwner::describe)
        .orElse("another process listens there");
  }

  private static String describe(ProcessHandle process) {
    String program = process.info().command().orElse("an unknown program");
    String own = process.equals(ProcessHandle.current()) ? ", which is this process," : "";
    return "process %d (%s)%s listens there".formatted(process.pid(), program, own);
  }

  private static Optional<String> listeningInode(int port) {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] columns = line.trim().split("\\s+", -1);
          if (columns.length > INODE
              && columns[STATE].equals(LISTENING)
              && columns[LOCAL_ADDRESS].endsWith(":%04X".formatted(port))) {
            return Optional.of(columns[INODE]);
          }
        }
      } catch (IOException e) {
        // No such table here: not Linux, or no IPv6. The owner stays unnamed.
        LOG.debug("Cannot read {}: {}", table, e.toString());
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessHandle> holderOf(String inode) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
        .findFirst();
  }

  private static boolean holds(long pid, String socket) {
    try (DirectoryStream<Path> descriptors =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).toString().equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's process, or one that just ended: not ours to look into.
      return false;
    }
  }
}
