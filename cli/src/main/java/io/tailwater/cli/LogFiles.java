// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the log goes: {@code .tailwater/logs} of the working directory, if it can be written to.
 * And how: as text, or with {@code TAILWATER_LOG_FORMAT=json} in the environment as JSON, an event
 * a line.
 */
final class LogFiles {
  /** What {@code log4j2.xml} reads. */
  private static final String PROPERTY = "tailwater.logs";

  private static final String FORMAT_PROPERTY = "tailwater.log.format";
  private static final String FORMAT_VARIABLE = "TAILWATER_LOG_FORMAT";

  private static final Path DEFAULT = Path.of(".tailwater", "logs");

  private LogFiles() {}

  /** Chooses directory and format. Must run before anything logs. */
  static void configure() {
    String format = System.getenv(FORMAT_VARIABLE);
    if (format != null && System.getProperty(FORMAT_PROPERTY) == null) {
      System.setProperty(FORMAT_PROPERTY, format.toLowerCase(Locale.ROOT));
    }
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
