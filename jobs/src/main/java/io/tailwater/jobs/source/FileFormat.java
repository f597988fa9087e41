// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The formats of event files, told by the file's name; each also gzipped, with {@code .gz}. */
enum FileFormat {
  /** A header line with the schema's field names, then a record a line. */
  CSV(".csv"),
  /** A JSON object a line. */
  JSON_LINES(".jsonl");

  private static final String GZIP = ".gz";

  private final String ending;

  FileFormat(String ending) {
    this.ending = ending;
  }

  /**
   * The format of a file.
   *
   * @throws IllegalArgumentException if its name ends like none
   */
  static FileFormat of(String path) {
    String plain = isGzipped(path) ? path.substring(0, path.length() - GZIP.length()) : path;
    return Arrays.stream(values())
        .filter(format -> plain.endsWith(format.ending))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "file '%s': found no known ending, expected one of %s, or one of them with %s"
                        .formatted(path, endings(), GZIP)));
  }

  static boolean isGzipped(String path) {
    return path.endsWith(GZIP);
  }

  private static String endings() {
    return Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(", "));
  }
}
