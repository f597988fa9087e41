// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.jobs.topology.BackfillInputs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where bounded sources are read, as a command line says it: {@code --source NAME=FILE|archive}.
 */
final class SourceArguments {
  /** In the place of a file. */
  private static final Path ARCHIVE = Path.of("archive");

  private SourceArguments() {}

  /** What was given for each source, by its name. */
  static BackfillInputs inputs(Map<String, Path> given) {
    Map<String, Path> files = new HashMap<>(given);
    Set<String> archives = new HashSet<>();
    files
        .entrySet()
        .removeIf(source -> source.getValue().equals(ARCHIVE) && archives.add(source.getKey()));
    return BackfillInputs.ofFiles(files).withArchives(archives);
  }
}
