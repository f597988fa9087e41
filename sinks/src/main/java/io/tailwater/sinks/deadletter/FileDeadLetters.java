// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
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

  private FileDeadLetters() {}

  /** A sink into {@code directory}, which is created if it is missing. */
  public static Sink<DeadLetter> sink(Path directory) {
    requireNonNull(directory, "directory is null");
    return FileSink.forRowFormat(
            org.apache.flink.core.fs.Path.fromLocalFile(directory.toFile()), new DeadLetterJson())
        .withBucketAssigner(new SourceBuckets())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".jsonl").build())
        .withRollingPolicy(
            DefaultRollingPolicy.builder()
                .withMaxPartSize(MAX_FILE_SIZE)
                .withRolloverInterval(MAX_AGE)
                .withInactivityInterval(MAX_AGE)
                .build())
        .build();
  }
}
