// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.DeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/**
 * Dead letters in files: JSON lines in {@code <directory>/<source>.dead-letters/part-….jsonl}.
 *
 * <p>Exactly once. A file appears under its name with the first checkpoint after it is full or a
 * minute old, or when the input has ended; files whose name begins with a dot are still written.
 */
public final class FileDeadLetters {
  private static final MemorySize MAX_FILE_SIZE = MemorySize.ofMebiBytes(64);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private static final String SUFFIX = ".jsonl";

  private FileDeadLetters() {}

  /** A sink into {@code directory}, which is created if it is missing. */
  public static Sink<DeadLetter> sink(Path directory) {
    requireNonNull(directory, "directory is null");
    return FileSink.forRowFormat(
            org.apache.flink.core.fs.Path.fromLocalFile(directory.toFile()), new DeadLetterJson())
        .withBucketAssigner(new SourceBuckets())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(SUFFIX).build())
        .withRollingPolicy(
            DefaultRollingPolicy.builder()
                .withMaxPartSize(MAX_FILE_SIZE)
                .withRolloverInterval(MAX_AGE)
                .withInactivityInterval(MAX_AGE)
                .build())
        .build();
  }

  /**
   * Hands over the letters of the finished files in {@code directory}, with where each stands:
   * {@code file:line}, from the directory on.
   *
   * @throws IOException if it cannot be read, or holds a line that is no dead letter
   */
  public static void forEach(Path directory, BiConsumer<String, DeadLetter> consumer)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(FileDeadLetters::isFinished).sorted().toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString();
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
          consumer.accept(name + ":" + number, letter(name + ":" + number, line));
        }
      }
    }
  }

  private static boolean isFinished(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private static DeadLetter letter(String place, String line) throws IOException {
    try {
      return DeadLetterJson.decode(line);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "%s: found no dead letter (%s), expected a JSON object as this project's jobs write it"
              .formatted(place, e.getClass().getSimpleName()),
          e);
    }
  }
}
