// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.jobs.historical.DefinedRetrieval;
import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.HistoricalArguments;
import io.tailwater.jobs.topology.PipelineConfiguration;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tailwater historical} on a Flink cluster. */
@Command
public final class HistoricalMain {
  private static final Logger LOG = LoggerFactory.getLogger(HistoricalMain.class);

  @Mixin private DefinitionsArgument definitions;
  @Mixin private HistoricalArguments historical;

  private HistoricalMain() {}

  /** Runs the job; with {@code flink run -d} it only submits it. */
  public static void main(String[] arguments) throws Exception {
    CommandLineArguments.parse(new HistoricalMain(), arguments).run();
  }

  private void run() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(PipelineConfiguration.pipelinedBatch());
    DefinedRetrieval defined =
        historical.retrieval(definitions.project(), definitions.settings()).define(env);
    JobExecutionResult result = env.execute("tailwater historical");
    if (result.isJobExecutionResult()) {
      LOG.info("{}", defined.summary(result));
    }
  }
}
