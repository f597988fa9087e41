// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a child process when this JVM ends, however it ends.
 *
 * <p>A shell waits on a pipe whose other end only this JVM holds: when the JVM is gone, even by
 * SIGKILL, the system closes the pipe, the shell reads its end, kills the child and deletes its
 * files. It ignores the signals of a terminal, which reach it together with the JVM, and polls
 * nothing.
 */
final class Watchdog {
  /** What works for the child ends a moment after it, and may still write files meanwhile. */
  private static final String SCRIPT =
      "trap '' HUP INT TERM; read -r _; kill -9 \"$1\" 2>/dev/null;"
          + " for _ in 1 2 3 4 5; do rm -rf \"$2\" 2>/dev/null && break; sleep 1; done";

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /**
   * Watches over {@code child} until it ends or {@link #stop()}.
   *
   * @param directory what to delete with it
   */
  static Watchdog over(ProcessHandle child, Path directory) throws IOException {
    Process shell;
    try {
      shell =
          new ProcessBuilder(
                  "sh", "-c", SCRIPT, "sh", Long.toString(child.pid()), directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      child.destroyForcibly();
      throw e;
    }
    Watchdog watchdog = new Watchdog(shell);
    // Else a process that gets the child's id later would be killed in its place.
    CompletableFuture<Void> unused = child.onExit().thenRun(watchdog::stop);
    return watchdog;
  }

  void stop() {
    shell.destroyForcibly();
  }
}
