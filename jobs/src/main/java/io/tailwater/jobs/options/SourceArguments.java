// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.topology.BackfillInputs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where sources are read, as a command line says it: {@code --source NAME=FILE|archive}, and {@code
 * --kafka}.
 */
public final class SourceArguments {
  /** In the place of a file. */
  private static final Path ARCHIVE = Path.of("archive");

  private SourceArguments() {}

  /** What was given for each source, by its name. */
  public static BackfillInputs inputs(Map<String, Path> given) {
    Map<String, Path> files = new HashMap<>(given);
    Set<String> archives = new HashSet<>();
    files
        .entrySet()
        .removeIf(source -> source.getValue().equals(ARCHIVE) && archives.add(source.getKey()));
    return BackfillInputs.ofFiles(files).withArchives(archives);
  }

  /**
   * Settings with another Kafka cluster.
   *
   * @param bootstrap of {@code --kafka}; null if it was not given
   */
  public static Settings withKafka(Settings settings, @Nullable String bootstrap) {
    if (bootstrap == null) {
      return settings;
    }
    KafkaSettings configured = settings.kafka();
    return settings.withKafka(
        configured == null
            ? new KafkaSettings(bootstrap, Map.of())
            : configured.withBootstrap(bootstrap));
  }
}
