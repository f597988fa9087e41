// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The files that a bounded run reads its sources from.
 *
 * @param sources those that views use
 * @param files for each of them, by name, its file
 */
record SourceFiles(List<EventSource> sources, Map<String, Path> files) {
  SourceFiles {
    sources = List.copyOf(sources);
    files = Map.copyOf(files);
  }

  /** The files of the sources that the project's views use. */
  static SourceFiles of(Project project, Map<String, Path> files) {
    return new SourceFiles(project.readSources(), files);
  }

  /**
   * Refuses names that are no source's.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  static void requireSources(Project project, Collection<String> names) {
    for (String name : names) {
      if (project.source(name).isEmpty()) {
        throw new IllegalArgumentException(
            "--source %s=…: found no such source, expected one of %s"
                .formatted(name, project.sources().stream().map(EventSource::name).toList()));
      }
    }
  }

  /**
   * Where each source is.
   *
   * @throws IllegalArgumentException if a source has no file, or the file is not there
   */
  Map<String, SourceLocation> locations() {
    Map<String, SourceLocation> locations = new LinkedHashMap<>();
    for (EventSource source : sources) {
      locations.put(source.name(), location(source));
    }
    return locations;
  }

  private FileLocation location(EventSource source) {
    Path file = files.get(source.name());
    if (file == null) {
      throw new IllegalArgumentException(
          "source '%1$s': found no file, expected --source %1$s=FILE.csv or .jsonl"
              .formatted(source.name()));
    }
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "--source %s=%s: found no file there that can be read, expected the path of a .csv or .jsonl file"
              .formatted(source.name(), file));
    }
    return new FileLocation(file.toString());
  }

  /**
   * A first pass: the newest event time over all files, in milliseconds; empty without events.
   *
   * @throws IOException if a file cannot be read
   */
  OptionalLong newestEventTime(EventClock clock) throws IOException {
    OptionalLong newest = OptionalLong.empty();
    for (EventSource source : sources) {
      OptionalLong time = FileScan.of(source, location(source), clock).newestEventTime();
      if (time.isPresent() && (newest.isEmpty() || time.getAsLong() > newest.getAsLong())) {
        newest = time;
      }
    }
    return newest;
  }
}
