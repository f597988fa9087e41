// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.FeaturePipeline;
import io.tailwater.jobs.topology.PipelineSources;
import io.tailwater.jobs.topology.StoreSinks;
import io.tailwater.jobs.view.WindowSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts a project's job on a Flink cluster in this process. */
public final class PipelineLauncher {
  private PipelineLauncher() {}

  /**
   * Starts the job from nothing and returns at once.
   *
   * @throws CommandException if Flink refuses it
   */
  public static RunningPipeline start(
      EmbeddedFlink flink, Project project, PipelineSettings settings) {
    EventClock clock = EventClock.system();
    StreamExecutionEnvironment environment = flink.environment(settings.flink());
    environment.setParallelism(settings.parallelism());
    FeaturePipeline.define(
        environment,
        project,
        PipelineSources.of(settings.locations(), SourceOptions.defaults().withClock(clock)),
        new StoreSinks(
            project.name(),
            settings.redis(),
            settings.catalog(),
            settings.deadLetters(),
            settings.endInstant()),
        new WindowSettings(clock, clock.millis(), settings.endInstant(), false));
    try {
      return new FlinkPipeline(environment.executeAsync("tailwater " + project.name()), project);
    } catch (Exception e) {
      throw new CommandException("The job cannot be started: " + Causes.root(e), e);
    }
  }
}
