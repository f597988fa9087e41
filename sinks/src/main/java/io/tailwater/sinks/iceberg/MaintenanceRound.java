// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.maintenance.api.MaintenanceTaskBuilder;
import org.apache.iceberg.flink.maintenance.api.TableMaintenance;
import org.apache.iceberg.flink.maintenance.operator.TableChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of Iceberg's table maintenance, run once and to its end.
 *
 * <p>Iceberg's maintenance is made for a stream that never ends: changes of the table come in, and
 * a trigger fires by their number. Here one change comes in and fires at once, and the job ends
 * with its input. A second task in the same job would wait for a timer, which the end of input
 * drops.
 */
final class MaintenanceRound {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceRound.class);
  private static final String CHANGE = "one change";

  /**
   * In Iceberg 1.11.0 the trigger takes its lock for released at each watermark behind the task,
   * and fails at the second one, if the job has not ended before: in a stream there is one a task.
   */
  private static final String RELEASED_TWICE = "Lock time is null";

  private final Supplier<StreamExecutionEnvironment> environments;

  /**
   * @param environments gives a new environment each time, with {@link #configuration()}
   */
  MaintenanceRound(Supplier<StreamExecutionEnvironment> environments) {
    this.environments = environments;
  }

  /**
   * What such a job needs. Iceberg sends its plans through Kryo; nothing of that is ever stored.
   */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }

  /**
   * Runs the task. Iceberg logs what goes wrong in it and lets the job succeed: what has become of
   * the table is for the caller to look at.
   *
   * @throws Exception if the job fails, but for its lock that is released twice
   */
  void run(String name, TableLoader table, MaintenanceTaskBuilder<?> task) throws Exception {
    StreamExecutionEnvironment environment = environments.get();
    append(environment, table, task);
    try {
      environment.execute(name);
    } catch (JobExecutionException e) {
      if (ExceptionUtils.findThrowableWithMessage(e, RELEASED_TWICE).isEmpty()) {
        throw e;
      }
      LOG.info("{}: Iceberg has released its lock twice; what it did is looked up", name, e);
    }
  }

  private static void append(
      StreamExecutionEnvironment environment, TableLoader table, MaintenanceTaskBuilder<?> task)
      throws IOException {
    DataStream<TableChange> change =
        environment
            .fromSequence(1, 1)
            .uid("start")
            .setParallelism(1)
            .map(number -> TableChange.builder().commitCount(1).build())
            .returns(TypeInformation.of(TableChange.class))
            .name(CHANGE)
            .uid(CHANGE)
            .setParallelism(1);
    task.scheduleOnCommitCount(1);
    TableMaintenance.forChangeStream(change, table).add(task).append();
  }
}
