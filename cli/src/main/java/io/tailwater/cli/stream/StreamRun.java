// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.embedded.EmbeddedFlink;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** A project's job in this process, until the end of its input or Ctrl-C. */
public final class StreamRun {
  private static final Duration GAP = Duration.ofMillis(500);

  private final Function<EmbeddedFlink, RunningPipeline> starter;
  private final StatusLine out;
  private final Clock clock;

  /**
   * @param starter submits the job
   */
  public StreamRun(Function<EmbeddedFlink, RunningPipeline> starter, StatusLine out, Clock clock) {
    this.starter = starter;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs the job to its end; one that reads from Kafka has none.
   *
   * @param parallelism how many parallel pipelines there is room for
   * @throws io.tailwater.cli.console.CommandException if it cannot start or fails
   */
  public StreamReport run(int parallelism) throws InterruptedException {
    try (EmbeddedFlink flink = EmbeddedFlink.create(parallelism)) {
      long started = clock.millis();
      try (RunningPipeline pipeline = starter.apply(flink)) {
        out.say("The job's web UI: " + flink.webUi());
        RunProgress progress = new RunProgress(pipeline.eventCounts(), GAP);
        while (!pipeline.isFinished()) {
          Thread.sleep(GAP.toMillis());
          out.show(
              progress.line(pipeline.status(), pipeline.accounting(), clock.millis() - started));
        }
        return new StreamReport(pipeline.accounting(), Duration.ofMillis(clock.millis() - started));
      }
    }
  }
}
