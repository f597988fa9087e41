// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.accounting.ViewAccounting;
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
        long lastRead = 0;
        while (!pipeline.isFinished()) {
          Thread.sleep(GAP.toMillis());
          long read = pipeline.read();
          out.show(progress(pipeline, read, read - lastRead));
          lastRead = read;
        }
        return new StreamReport(pipeline.accounting(), Duration.ofMillis(clock.millis() - started));
      }
    }
  }

  /** In batch mode all events are read before the first one meets its verdict. */
  private static String progress(RunningPipeline pipeline, long read, long sinceLast) {
    return "  %s: %,d events read, %,.0f/s, %d %% done"
        .formatted(pipeline.status(), read, sinceLast * 1000.0 / GAP.toMillis(), percent(pipeline));
  }

  /** How much of what was read has met its verdict, over all views. */
  private static long percent(RunningPipeline pipeline) {
    long read = 0;
    long done = 0;
    for (ViewAccounting view : pipeline.accounting()) {
      read += view.read();
      done += view.counts().values().stream().mapToLong(Long::longValue).sum();
    }
    return read == 0 ? 0 : 100 * done / read;
  }
}
