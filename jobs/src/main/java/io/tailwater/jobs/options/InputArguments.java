// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a job reads events. */
public final class InputArguments {
  @Option(
      names = "--source",
      paramLabel = "NAME=FILE",
      description =
          "Reads a source from a file instead of Kafka, or from a folder of files: .csv or .jsonl,"
              + " also with .gz, .avro or .parquet. May be repeated.")
  private Map<String, Path> sources = Map.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The Kafka cluster: one server or several with commas.")
  private @Nullable String kafka;

  /** What was given for each source, by its name. */
  public Map<String, Path> sources() {
    return sources;
  }

  /** The project's settings with the flags over them. */
  public Settings over(Settings settings) {
    return SourceArguments.withKafka(settings, kafka);
  }
}
