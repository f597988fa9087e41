// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What users give of sources, by their names. */
final class SourceNames {
  private SourceNames() {}

  /**
   * Refuses names that are no source's.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  static void require(Project project, Collection<String> names) {
    for (String name : names) {
      if (project.source(name).isEmpty()) {
        throw new IllegalArgumentException(
            "--source %s=…: found no such source, expected one of %s"
                .formatted(name, project.sources().stream().map(EventSource::name).toList()));
      }
    }
  }

  /**
   * Refuses a file or folder that is not there.
   *
   * @throws IllegalArgumentException naming it
   */
  static void requireReadable(EventSource source, Path file) {
    requireReadable("--source", source, file);
  }

  /** The same of a file that was given with another flag. */
  static void requireReadable(String flag, EventSource source, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "%s %s=%s: found nothing there that can be read, expected a file or a folder of files"
              .formatted(flag, source.name(), file));
    }
  }
}
