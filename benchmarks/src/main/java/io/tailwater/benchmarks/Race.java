// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.embedded.EmbeddedFlink;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs contenders on one cluster in this process, one at a time, without checkpoints. */
final class Race implements AutoCloseable {
  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(100);

  private final EmbeddedFlink flink;
  private final Configuration settings;

  /**
   * @param stateBackend {@code hashmap} or {@code rocksdb}
   */
  Race(String stateBackend) {
    settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, stateBackend);
    settings.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    // The graph that SQL is translated to has uids of its own making.
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    flink = EmbeddedFlink.create(1, settings);
  }

  /**
   * Runs one contender and checks its answers.
   *
   * @param limit the CPU time after which a run is told to end
   * @throws WrongAnswerException if an answer is wrong
   */
  Measurement run(Contender contender, Workload workload, Duration limit) throws Exception {
    try (RunMonitor monitor = RunMonitor.open(workload, contender.measuredStage(), limit)) {
      StreamExecutionEnvironment env = flink.environment(settings);
      env.setParallelism(1);
      contender.define(env, monitor);
      env.execute(contender.label());
      contender.check(monitor);
      return monitor.measurement();
    }
  }

  @Override
  public void close() {
    flink.close();
  }
}
