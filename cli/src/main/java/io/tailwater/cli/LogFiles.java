// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the log goes: {@code .tailwater/logs} of the working directory, if it can be written to.
 */
final class LogFiles {
  /** What {@code log4j2.xml} reads. */
  private static final String PROPERTY = "tailwater.logs";

  private static final Path DEFAULT = Path.of(".tailwater", "logs");

  private LogFiles() {}

  /** Chooses the directory. Must run before anything logs. */
  static void configure() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, writableDirectory().toString());
    }
  }

  /** The log file, for messages. */
  static Path location() {
    return Path.of(System.getProperty(PROPERTY, DEFAULT.toString()), "tailwater.log");
  }

  private static Path writableDirectory() {
    try {
      Files.createDirectories(DEFAULT);
      if (Files.isWritable(DEFAULT)) {
        return DEFAULT;
      }
    } catch (IOException e) {
      // A read-only directory is the command's to complain about, if it needs to write there.
      return temporary();
    }
    return temporary();
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"), "tailwater-logs");
  }
}
