// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

/**
 * Whether this process is ending by a signal, as of Ctrl-C. The services then close in shutdown
 * hooks, under the hands of the command that still runs: its failure is not worth a word.
 */
final class ProcessEnd {
  private static volatile boolean begun;

  private ProcessEnd() {}

  /** Begins to watch. */
  static void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> begun = true, "process-end"));
  }

  static boolean hasBegun() {
    return begun;
  }
}
