// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.options.BackfillArguments;
import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.InputArguments;
import io.tailwater.jobs.options.StoreArguments;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tailwater backfill} on a Flink cluster. */
@Command
public final class BackfillMain {
  private static final Logger LOG = LoggerFactory.getLogger(BackfillMain.class);

  @Mixin private DefinitionsArgument definitions;
  @Mixin private InputArguments inputs;
  @Mixin private StoreArguments stores;
  @Mixin private BackfillArguments backfill;

  private BackfillMain() {}

  /** Runs the job; with {@code flink run -d} it only submits it. */
  public static void main(String[] arguments) throws Exception {
    CommandLineArguments.parse(new BackfillMain(), arguments).run();
  }

  private void run() throws Exception {
    BackfillJob job =
        new BackfillJob(
            definitions.project(),
            stores.over(inputs.over(definitions.settings())),
            backfill.inputs(inputs.sources()),
            backfill.options(),
            SourceOptions.defaults());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(PipelineConfiguration.pipelinedBatch());
    job.define(env);
    JobExecutionResult result = env.execute("tailwater backfill " + job.project().name());
    if (result.isJobExecutionResult()) {
      check(ViewAccounting.of(job.project(), result.getAllAccumulatorResults()));
    }
  }

  private static void check(List<ViewAccounting> views) {
    for (ViewAccounting view : views) {
      LOG.info("{}", view);
      if (!view.isBalanced()) {
        throw new IllegalStateException("the events do not add up: " + view);
      }
    }
  }
}
