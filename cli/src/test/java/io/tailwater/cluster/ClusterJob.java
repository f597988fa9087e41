// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;

/** A stream on a cluster, through Flink's own client. */
final class ClusterJob implements RunningPipeline {
  private static final long TIMEOUT_SECONDS = 60;

  private final RestClusterClient<?> client;
  private final JobID id;
  private final Project project;

  ClusterJob(RestClusterClient<?> client, JobID id, Project project) {
    this.client = client;
    this.id = id;
    this.project = project;
  }

  JobID id() {
    return id;
  }

  @Override
  public List<ViewAccounting> accounting() {
    return ViewAccounting.of(project, counts());
  }

  @Override
  public Map<String, Object> counts() {
    return await(client.getAccumulators(id));
  }

  @Override
  public String status() {
    return jobStatus().name();
  }

  @Override
  public boolean isFinished() {
    JobStatus status = jobStatus();
    if (status.isGloballyTerminalState() && status != JobStatus.FINISHED) {
      throw new IllegalStateException("the job is " + status);
    }
    return status == JobStatus.FINISHED;
  }

  @Override
  public void checkpoint() {
    await(client.triggerCheckpoint(id, CheckpointType.DEFAULT));
  }

  @Override
  public void close() {
    if (!jobStatus().isTerminalState()) {
      await(client.cancel(id));
    }
  }

  private JobStatus jobStatus() {
    return await(client.getJobStatus(id));
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Flink does not answer", e);
    }
  }
}
