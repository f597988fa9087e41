// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job that was submitted to a Flink cluster in this process. */
final class FlinkPipeline implements RunningPipeline {
  private static final long TIMEOUT_SECONDS = 60;

  private final MiniCluster cluster;
  private final JobClient client;
  private final Project project;
  private final Map<String, Long> eventCounts;

  FlinkPipeline(
      MiniCluster cluster, JobClient client, Project project, Map<String, Long> eventCounts) {
    this.cluster = cluster;
    this.client = client;
    this.project = project;
    this.eventCounts = Map.copyOf(eventCounts);
  }

  @Override
  public Map<String, Long> eventCounts() {
    return eventCounts;
  }

  @Override
  public List<ViewAccounting> accounting() {
    return ViewAccounting.of(project, counts());
  }

  @Override
  public Map<String, Object> counts() {
    try {
      return jobStatus() == JobStatus.FINISHED
          ? await(client.getJobExecutionResult()).getAllAccumulatorResults()
          : await(client.getAccumulators());
    } catch (CommandException e) {
      // Flink answers for a job that fails meanwhile with its failure.
      JobStatus status = jobStatus();
      throw status == JobStatus.FAILED || status == JobStatus.FAILING ? ended() : e;
    }
  }

  @Override
  public String status() {
    return jobStatus().name();
  }

  @Override
  public boolean isFinished() {
    return switch (jobStatus()) {
      case FINISHED -> true;
      case FAILED, FAILING, CANCELED, CANCELLING -> throw ended();
      case INITIALIZING, CREATED, RUNNING, RESTARTING, SUSPENDED, RECONCILING -> false;
    };
  }

  @Override
  public void checkpoint() {
    await(cluster.triggerCheckpoint(client.getJobID()));
  }

  @Override
  public void close() {
    if (!jobStatus().isTerminalState()) {
      await(client.cancel());
    }
  }

  private JobStatus jobStatus() {
    return await(client.getJobStatus());
  }

  private CommandException ended() {
    try {
      client.getJobExecutionResult().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new CommandException("The job has ended");
    } catch (ExecutionException | TimeoutException e) {
      return new CommandException("The job has failed: " + Causes.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandException("Interrupted while waiting for Flink", e);
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandException("Flink does not answer: " + Causes.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted while waiting for Flink", e);
    }
  }
}
