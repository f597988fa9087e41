// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.cli.console.CommandException;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.historical.DefinedRetrieval;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.historical.RetrievalSummary;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Makes training sets on a Flink cluster in this process. */
public final class HistoricalLauncher {
  private static final long GAP_MS = 200;

  private HistoricalLauncher() {}

  /**
   * Makes a training set and returns when it is whole.
   *
   * @param progress hears what the job is doing, a few times a second
   * @throws CommandException if anything is wrong, with all of it, or the job fails
   */
  public static RetrievalSummary run(
      EmbeddedFlink flink,
      HistoricalRetrieval retrieval,
      int parallelism,
      Consumer<String> progress)
      throws InterruptedException {
    StreamExecutionEnvironment environment =
        flink.environment(PipelineConfiguration.pipelinedBatch());
    environment.setParallelism(parallelism);
    progress.accept("checking the labels");
    DefinedRetrieval defined;
    try {
      defined = retrieval.define(environment);
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it concerns what the user has asked for, and the message says so.
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    try {
      JobClient client = environment.executeAsync("tailwater historical");
      while (!client.getJobStatus().get().isTerminalState()) {
        progress.accept("joining");
        Thread.sleep(GAP_MS);
      }
      return defined.summary(client.getJobExecutionResult().get());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new CommandException("The job has failed: " + Causes.reason(e), e);
    }
  }
}
