// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.jobs.materialize.MaterializeJob;
import io.tailwater.jobs.materialize.MaterializeOptions;
import io.tailwater.jobs.materialize.ViewCounts;
import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.StoreArguments;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A materialization on a Flink cluster, to its end. */
final class Materialization {
  private static final Logger LOG = LoggerFactory.getLogger(Materialization.class);

  private Materialization() {}

  static void run(
      DefinitionsArgument definitions, StoreArguments stores, MaterializeOptions options)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(PipelineConfiguration.batch());
    if (!env.getConfiguration().get(DeploymentOptions.ATTACHED)) {
      throw new IllegalArgumentException(
          "found 'flink run -d', expected none: where the views stand is remembered when all is written");
    }
    MaterializeJob job =
        new MaterializeJob(
            definitions.project(),
            stores.over(definitions.settings()),
            options,
            EventClock.system(),
            System.getenv());
    Map<String, Object> counts = Map.of();
    if (job.define(env)) {
      JobExecutionResult result = env.execute("tailwater materialize " + job.project().name());
      counts = result.getAllAccumulatorResults();
    }
    job.remember();
    for (ViewCounts view : job.counts(counts)) {
      LOG.info("{}", view);
      if (!view.isBalanced()) {
        throw new IllegalStateException("the rows do not add up: " + view);
      }
    }
  }
}
