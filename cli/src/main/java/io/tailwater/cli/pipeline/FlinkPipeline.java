// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import static io.tailwater.jobs.view.AccountingNames.accumulator;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.report.ViewCounts;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.view.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that was submitted to Flink, through its client. */
final class FlinkPipeline implements RunningPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkPipeline.class);
  private static final long TIMEOUT_SECONDS = 30;

  private final JobClient client;
  private final Project project;

  FlinkPipeline(JobClient client, Project project) {
    this.client = client;
    this.project = project;
  }

  @Override
  public List<ViewCounts> counts() {
    Map<String, Object> accumulators = await(client.getAccumulators());
    return project.views().stream().map(view -> counts(view, accumulators)).toList();
  }

  @Override
  public void requireRunning() {
    JobStatus status = await(client.getJobStatus());
    if (status.isTerminalState()) {
      throw new CommandException("The job has ended: %s%s".formatted(status, reason()));
    }
  }

  @Override
  public void close() {
    if (!await(client.getJobStatus()).isTerminalState()) {
      await(client.cancel());
      LOG.info("Job {} is cancelled", client.getJobID());
    }
  }

  private String reason() {
    try {
      client.getJobExecutionResult().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException e) {
      return ". " + Causes.root(e);
    } catch (TimeoutException e) {
      return ", for no known reason";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static ViewCounts counts(FeatureView view, Map<String, Object> accumulators) {
    ToLongFunction<Verdict> count =
        verdict -> (Long) accumulators.getOrDefault(accumulator(view.name(), verdict), 0L);
    return new ViewCounts(
        view.source().name(),
        view.name(),
        Arrays.stream(Verdict.values()).mapToLong(count).sum(),
        count.applyAsLong(Verdict.APPLIED),
        count.applyAsLong(Verdict.FILTERED),
        count.applyAsLong(Verdict.DUPLICATE),
        count.applyAsLong(Verdict.TOO_LATE),
        count.applyAsLong(Verdict.MALFORMED),
        count.applyAsLong(Verdict.FUTURE));
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandException("Flink does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted while waiting for Flink", e);
    }
  }
}
