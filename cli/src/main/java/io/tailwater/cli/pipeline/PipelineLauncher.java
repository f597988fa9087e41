// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.materialize.MaterializeJob;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.jobs.topology.StreamStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Starts a project's jobs on a Flink cluster in this process. */
public final class PipelineLauncher {
  /** Where checkpoints go if the settings do not say. */
  private static final Path CHECKPOINTS = Path.of(".tailwater", "checkpoints");

  /** Someone waits at the terminal: what fails again and again shall say so. */
  private static final int RESTARTS = 5;

  private PipelineLauncher() {}

  /**
   * Starts the job and returns at once.
   *
   * @param files for sources that are read from a file instead of Kafka, the file
   * @param start how it starts without a savepoint
   * @param savepoint the savepoint or checkpoint that it goes on from, a path or a URI; null for
   *     none
   * @throws CommandException if an endpoint, a table or a file is wrong, or Flink refuses the job
   */
  public static RunningPipeline start(
      EmbeddedFlink flink,
      Project project,
      Settings settings,
      Map<String, Path> files,
      StreamStart start,
      @Nullable String savepoint,
      int parallelism) {
    Configuration configuration = configuration(settings);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, PipelineConfiguration.uri(savepoint));
    }
    return submit(
        flink,
        configuration,
        parallelism,
        environment -> {
          new StreamJob(project, settings, files, SourceOptions.defaults(), start)
              .define(environment);
          return new Defined(project, Map.of());
        });
  }

  /**
   * Starts a backfill and returns at once; a first pass over its sources may come before that.
   *
   * @param inputs where each source is read
   * @throws CommandException if an endpoint, a table or a file is wrong, or Flink refuses the job
   */
  public static RunningPipeline startBackfill(
      EmbeddedFlink flink,
      Project project,
      Settings settings,
      BackfillInputs inputs,
      BackfillOptions backfill,
      int parallelism) {
    return submit(
        flink,
        PipelineConfiguration.pipelinedBatch(),
        parallelism,
        environment -> {
          BackfillJob job =
              new BackfillJob(project, settings, inputs, backfill, SourceOptions.defaults());
          job.define(environment);
          return new Defined(job.project(), job.eventCounts());
        });
  }

  /**
   * Starts a materialization and returns at once.
   *
   * @return empty if there is nothing to be read or written
   * @throws CommandException if an endpoint, a query or a table is wrong, or Flink refuses the job
   */
  public static Optional<RunningPipeline> startMaterialize(
      EmbeddedFlink flink, MaterializeJob job, int parallelism) {
    StreamExecutionEnvironment environment =
        environment(flink, PipelineConfiguration.batch(), parallelism);
    boolean hasWork;
    try {
      hasWork = job.define(environment);
    } catch (Exception e) {
      throw refused(e);
    }
    return hasWork
        ? Optional.of(execute(flink, environment, new Defined(job.project(), Map.of())))
        : Optional.empty();
  }

  private static RunningPipeline submit(
      EmbeddedFlink flink, Configuration configuration, int parallelism, Definition definition) {
    StreamExecutionEnvironment environment = environment(flink, configuration, parallelism);
    Defined defined;
    try {
      defined = definition.define(environment);
    } catch (Exception e) {
      throw refused(e);
    }
    return execute(flink, environment, defined);
  }

  private static StreamExecutionEnvironment environment(
      EmbeddedFlink flink, Configuration configuration, int parallelism) {
    StreamExecutionEnvironment environment = flink.environment(configuration);
    environment.setParallelism(parallelism);
    return environment;
  }

  /** Whatever it is, it concerns what the user has configured, and the message says so. */
  private static CommandException refused(Exception e) {
    return new CommandException(String.valueOf(e.getMessage()), e);
  }

  private static RunningPipeline execute(
      EmbeddedFlink flink, StreamExecutionEnvironment environment, Defined defined) {
    try {
      JobClient client = environment.executeAsync("tailwater " + defined.project().name());
      return new FlinkPipeline(flink.cluster(), client, defined.project(), defined.eventCounts());
    } catch (Exception e) {
      throw new CommandException("Flink refuses the job: " + Causes.reason(e), e);
    }
  }

  private static Configuration configuration(Settings settings) {
    CheckpointSettings checkpoints = settings.checkpoints();
    String directory = checkpoints.directory();
    Configuration configuration =
        PipelineConfiguration.stream(
            PipelineConfiguration.uri(directory == null ? CHECKPOINTS.toString() : directory),
            Duration.ofMillis(checkpoints.intervalMillis()),
            PipelineConfiguration.stateBackend(settings.stateBackend()));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    return configuration;
  }

  /** What a job is of: the views that it has, and how many events there are where that is known. */
  private record Defined(Project project, Map<String, Long> eventCounts) {}

  /** Builds a job's graph. */
  @FunctionalInterface
  private interface Definition {
    Defined define(StreamExecutionEnvironment environment) throws Exception;
  }
}
