// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.topology.StreamJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run of a project over a file, into stores of its own. */
final class EqualityRun {
  private static final long TIMEOUT_SECONDS = 120;

  /** Between a checkpoint and a disturbance, tasks look at the clock so often at most. */
  private static final int CALLS_TO_DISTURBANCE = 1_000;

  private final EmbeddedFlink flink;
  private final Project project;
  private final Deployment deployment;
  private final Map<String, Path> files;
  private Duration checkpointInterval = Duration.ofMillis(150);
  private String stateBackend = "hashmap";
  private int parallelism = 2;

  /** What happens to a stream between two of its checkpoints. */
  enum Disturbance {
    /** A task fails, and Flink goes on from the last checkpoint. */
    FAILURE,
    /** The job is cancelled, and another one goes on from its last checkpoint. */
    CANCELLATION,
    /** The job stops with a savepoint, and one of half or twice the parallelism goes on from it. */
    RESCALING
  }

  EqualityRun(
      EmbeddedFlink flink, Project project, Deployment deployment, Map<String, Path> files) {
    this.flink = flink;
    this.project = project;
    this.deployment = deployment;
    this.files = files;
  }

  EqualityRun withParallelism(int newParallelism) {
    parallelism = newParallelism;
    return this;
  }

  EqualityRun withStateBackend(String newStateBackend) {
    stateBackend = newStateBackend;
    return this;
  }

  EqualityRun withCheckpointInterval(Duration newCheckpointInterval) {
    checkpointInterval = newCheckpointInterval;
    return this;
  }

  /** Runs as a stream. */
  List<ViewAccounting> stream() throws Exception {
    return finish(startStream(SourceOptions.defaults(), null));
  }

  /** Runs as a stream that is disturbed so often; each time a checkpoint is complete before. */
  List<ViewAccounting> disturbedStream(List<Disturbance> disturbances, long seed) throws Exception {
    Random random = new Random(seed);
    SourceOptions slow = SourceOptions.defaults().withClock(new TroubledClock());
    TroubledClock.slowDown();
    try {
      JobClient client = startStream(slow, null);
      for (Disturbance disturbance : disturbances) {
        TroubledClock.crawl();
        awaitCheckpoint(client);
        TroubledClock.slowDown();
        int calls = random.nextInt(CALLS_TO_DISTURBANCE);
        client =
            switch (disturbance) {
              case FAILURE -> fail(client, calls);
              case CANCELLATION -> cancel(client, calls, slow);
              case RESCALING -> rescale(client, calls, slow);
            };
      }
      TroubledClock.hurry();
      return finish(client);
    } finally {
      TroubledClock.hurry();
    }
  }

  /** Runs as a batch that writes the online store too. */
  List<ViewAccounting> batch() throws Exception {
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(parallelism);
    new BackfillJob(
            project,
            deployment.settings(),
            files,
            BackfillOptions.ALL.withOnline(),
            SourceOptions.defaults())
        .define(env);
    return finish(env.executeAsync("equality, batch"));
  }

  private JobClient fail(JobClient client, int calls) throws Exception {
    TroubledClock.failAfter(calls);
    Await.until(() -> "not yet: the failure", () -> !TroubledClock.isToFail());
    return client;
  }

  private JobClient cancel(JobClient client, int calls, SourceOptions options) throws Exception {
    await(client, calls);
    TroubledClock.crawl();
    client.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Await.until(
        () -> "not yet: cancelled", () -> client.getJobStatus().get().isGloballyTerminalState());
    Path checkpoint = new Checkpoints(deployment.checkpoints()).latest().orElseThrow();
    SavepointCheck.everySourceGoesOn(checkpoint.toUri().toString(), project);
    return startStream(options, checkpoint.toUri().toString());
  }

  private JobClient rescale(JobClient client, int calls, SourceOptions options) throws Exception {
    await(client, calls);
    TroubledClock.crawl();
    String savepoint =
        client
            .stopWithSavepoint(
                false,
                deployment.directory().resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    SavepointCheck.everySourceGoesOn(savepoint, project);
    parallelism = parallelism == 1 ? 2 : 1;
    return startStream(options, savepoint);
  }

  private void awaitCheckpoint(JobClient client) throws Exception {
    Checkpoints checkpoints = new Checkpoints(deployment.checkpoints());
    int before = checkpoints.latestNumber();
    Await.until(
        () -> "not yet: a checkpoint",
        () -> {
          assertGoesOn(client);
          return checkpoints.latestNumber() > before;
        });
  }

  private static void await(JobClient client, int calls) throws Exception {
    long until = TroubledClock.calls() + calls;
    Await.until(
        () -> "not yet: progress",
        () -> {
          assertGoesOn(client);
          return TroubledClock.calls() >= until;
        });
  }

  private static void assertGoesOn(JobClient client) throws Exception {
    JobStatus status = client.getJobStatus().get();
    assertThat(status).matches(now -> !now.isTerminalState(), "not over");
  }

  private JobClient startStream(SourceOptions options, String restored) throws Exception {
    Configuration configuration = deployment.configuration(checkpointInterval, stateBackend);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    if (restored != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restored);
    }
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(parallelism);
    new StreamJob(project, deployment.settings(), files, options).define(env);
    return env.executeAsync("equality");
  }

  private List<ViewAccounting> finish(JobClient client) throws Exception {
    Map<String, Object> accumulators =
        client
            .getJobExecutionResult()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .getAllAccumulatorResults();
    return ViewAccounting.of(project, accumulators);
  }
}
