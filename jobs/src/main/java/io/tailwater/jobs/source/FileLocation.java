// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

/**
 * A file of events: CSV with a header line of field names ({@code .csv}) or a JSON object a line
 * ({@code .jsonl}), each also gzipped ({@code .gz}). Bounded; read in file order whatever the
 * parallelism.
 *
 * @param path a local path, or a URI of a file system that Flink knows; readable where the job runs
 */
public record FileLocation(String path) implements SourceLocation {
  /**
   * @throws IllegalArgumentException if the name does not end like a known format
   */
  public FileLocation {
    requireNonNull(path, "path is null");
    FileFormat.of(path);
  }
}
