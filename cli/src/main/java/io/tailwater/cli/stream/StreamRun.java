// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A project's streaming job in this process, until the end of its input or Ctrl-C. */
public final class StreamRun {
  private static final Duration GAP = Duration.ofMillis(500);

  private final Project project;
  private final Settings settings;
  private final StatusLine out;
  private final Clock clock;

  public StreamRun(Project project, Settings settings, StatusLine out, Clock clock) {
    this.project = project;
    this.settings = settings;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs the job to its end; one that reads from Kafka has none.
   *
   * @param files for sources that are read from a file instead of Kafka, the file
   * @throws io.tailwater.cli.console.CommandException if it cannot start or fails
   */
  public StreamReport run(Map<String, Path> files, int parallelism) throws InterruptedException {
    try (EmbeddedFlink flink = EmbeddedFlink.create(parallelism)) {
      long started = clock.millis();
      try (RunningPipeline pipeline =
          PipelineLauncher.start(flink, project, settings, files, parallelism)) {
        out.say("The job's web UI: " + flink.webUi());
        long lastRead = 0;
        while (!pipeline.isFinished()) {
          Thread.sleep(GAP.toMillis());
          long read = pipeline.read();
          out.show(progress(pipeline.status(), read, read - lastRead));
          lastRead = read;
        }
        return new StreamReport(pipeline.accounting(), Duration.ofMillis(clock.millis() - started));
      }
    }
  }

  private static String progress(String status, long read, long sinceLast) {
    return "  %s: %,d events read, %,.0f/s"
        .formatted(status, read, sinceLast * 1000.0 / GAP.toMillis());
  }
}
