// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md against the metrics that a running job has. */
class MetricsDocITCase {

  private static final Pattern OWN = Pattern.compile("(?:^|\\.)((?:tailwater|redis)\\..*)$");
  private static final Pattern DOCUMENTED =
      Pattern.compile("`((?:tailwater|redis)\\.[a-zA-Z_.<>]+)`");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void namesWhatTheJobRegistersAndNothingElse() throws Exception {
    Project project = ProjectLoader.load(LetterWorld.project(folder));
    try (LetterWorld world = new LetterWorld();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(1, RecordedMetrics.configuration());
        RunningPipeline pipeline = world.stream(folder, project, redis, flink)) {
      Set<String> documented = documented();
      Await.until(
          () -> "registered is %s, documented %s".formatted(registered(), documented),
          () -> registered().equals(documented));

      assertThat(pipeline.status()).isEqualTo("RUNNING");
    }
  }

  private static Set<String> documented() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher name = DOCUMENTED.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** The project's names of things as the document has them. */
  private static Set<String> registered() {
    Set<String> names = new TreeSet<>();
    for (String identifier : RecordedMetrics.identifiers()) {
      Matcher own = OWN.matcher(identifier);
      if (own.find()) {
        names.add(general(own.group(1)));
      }
    }
    return names;
  }

  private static String general(String name) {
    return name.replaceFirst("^tailwater\\.source\\.orders\\.", "tailwater.source.<source>.")
        .replaceFirst("^tailwater\\.view\\.spending\\.", "tailwater.view.<view>.")
        .replaceFirst("\\.source\\.orders\\.", ".source.<source>.")
        .replaceFirst("\\.feature\\.[a-z0-9_]+\\.", ".feature.<feature>.");
  }
}
