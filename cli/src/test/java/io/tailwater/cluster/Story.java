// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened in a run and when, in {@code target/cluster}: it takes long, and may not end well.
 */
final class Story {
  private static final Logger LOG = LoggerFactory.getLogger(Story.class);

  private final long begun = System.nanoTime();
  private final List<String> lines = new ArrayList<>();
  private final Path folder;

  Story(String name) {
    this.folder = Path.of("target", "cluster", name);
  }

  /** Tells what has just happened. */
  void tell(String text, Object... arguments) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    String line = "%6.1f s  %s".formatted(seconds, text.formatted(arguments));
    lines.add(line);
    LOG.info("{}", line);
  }

  /** Adds what there is to read as it is. */
  void add(List<String> text) {
    lines.addAll(text);
  }

  /** Writes it down, with what the processes printed. */
  void write(List<Path> outputs) throws IOException {
    Files.createDirectories(folder);
    for (Path output : outputs) {
      Files.write(
          folder.resolve(output.getFileName().toString().toLowerCase(Locale.ROOT)),
          Files.readAllBytes(output));
    }
    Files.write(folder.resolve("story.txt"), lines);
  }
}
