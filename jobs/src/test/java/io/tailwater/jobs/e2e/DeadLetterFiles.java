// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads dead letters from files. */
final class DeadLetterFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterFiles() {}

  /** The letters of a source whose files are complete. */
  static List<JsonNode> read(Path directory, String source) throws IOException {
    List<JsonNode> letters = new ArrayList<>();
    for (Path file : files(directory.resolve(source + ".dead-letters"))) {
      for (String line : Files.readAllLines(file)) {
        letters.add(JSON.readTree(line));
      }
    }
    return letters;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
