// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.materialize;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.materialize.Count;
import io.tailwater.jobs.materialize.MaterializeJob;
import io.tailwater.jobs.materialize.ViewCounts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A materialization in this process, to its end. */
public final class MaterializeRun {
  private static final Duration GAP = Duration.ofMillis(500);

  private final MaterializeJob job;
  private final StatusLine out;
  private final Clock clock;

  public MaterializeRun(MaterializeJob job, StatusLine out, Clock clock) {
    this.job = job;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs the job, and lets it remember where the views stand once everything is written.
   *
   * @param parallelism how many parallel pipelines there is room for
   * @throws CommandException if it cannot start or fails
   */
  public MaterializeReport run(int parallelism) throws InterruptedException {
    try (EmbeddedFlink flink = EmbeddedFlink.create(parallelism)) {
      long started = clock.millis();
      Optional<RunningPipeline> submitted =
          PipelineLauncher.startMaterialize(flink, job, parallelism);
      Map<String, Object> counts = Map.of();
      if (submitted.isPresent()) {
        out.say("The job's web UI: " + flink.webUi());
        try (RunningPipeline pipeline = submitted.get()) {
          counts = finished(pipeline);
        }
      }
      remember();
      return new MaterializeReport(job.counts(counts), Duration.ofMillis(clock.millis() - started));
    }
  }

  private Map<String, Object> finished(RunningPipeline pipeline) throws InterruptedException {
    while (!pipeline.isFinished()) {
      Thread.sleep(GAP.toMillis());
      out.show("  %s: %,d rows read".formatted(pipeline.status(), read(pipeline.counts())));
    }
    return pipeline.counts();
  }

  private long read(Map<String, Object> counts) {
    List<ViewCounts> views = job.counts(counts);
    return views.stream().mapToLong(view -> view.count(Count.READ)).sum();
  }

  private void remember() {
    try {
      job.remember();
    } catch (IllegalStateException e) {
      throw new CommandException(
          "Everything is written, but %s. The next run does the same again."
              .formatted(e.getMessage()),
          e);
    }
  }
}
