// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints of a test's jobs. */
record Checkpoints(Path directory) {
  private static final String PREFIX = "chk-";

  /** The last one that is complete; Flink writes its metadata last. */
  Optional<Path> latest() throws IOException {
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return files
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingInt(Checkpoints::number));
    }
  }

  /** The number of the last one that is complete; 0 without. Restored jobs count on. */
  int latestNumber() throws IOException {
    return latest().map(Checkpoints::number).orElse(0);
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }
}
