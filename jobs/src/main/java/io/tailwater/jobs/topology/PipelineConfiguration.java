// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.Settings.StateBackend;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** The Flink settings that every Tailwater job runs with. */
public final class PipelineConfiguration {
  /** How old a watermark may be; with it ages the final row of an event. */
  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(50);

  /** How long a record may wait for others on its way between two tasks. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

  private PipelineConfiguration() {}

  /**
   * What correctness needs, and nothing that depends on the machine: no Kryo, no generated uids, no
   * defensive copies of what is immutable anyway.
   */
  public static Configuration base() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    return configuration;
  }

  /**
   * {@link #base} in Flink's batch mode: input is sorted by key and time, on disk where it does not
   * fit into memory, and results appear when the job has ended.
   */
  public static Configuration batch() {
    Configuration configuration = base();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    return configuration;
  }

  /**
   * {@link #batch} whose tasks all run at once and hand each other what they have without writing
   * it to disk: for a backfill, whose windows and days sort what they get in any case and write
   * that to disk where it does not fit; and for a retrieval, whose joins wait for the labels before
   * they read rows. A task that fails takes the others with it.
   */
  public static Configuration pipelinedBatch() {
    Configuration configuration = batch();
    configuration.set(
        ExecutionOptions.BATCH_SHUFFLE_MODE, BatchShuffleMode.ALL_EXCHANGES_PIPELINED);
    // Flink's scheduler for batches starts tasks one after the other, and fails with such
    // exchanges.
    configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
    return configuration;
  }

  /**
   * {@link #base} with checkpoints.
   *
   * @param checkpoints the URI of a directory; Flink's default, the memory of the JobManager, holds
   *     5 MB
   * @param interval between checkpoints; offline rows become visible with each
   * @param stateBackend {@code hashmap} or {@code rocksdb}
   */
  public static Configuration stream(String checkpoints, Duration interval, String stateBackend) {
    requireNonNull(checkpoints, "checkpoints is null");
    Configuration configuration = base();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(StateBackendOptions.STATE_BACKEND, stateBackend);
    configuration.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    return configuration;
  }

  /** What Flink calls a state backend. */
  public static String stateBackend(StateBackend backend) {
    return switch (backend) {
      case HEAP -> "hashmap";
      case ROCKSDB -> "rocksdb";
    };
  }

  /** A directory as Flink wants it: a path or a URI becomes a URI. */
  public static String uri(String directory) {
    return directory.contains(":/")
        ? directory
        : Path.of(directory).toAbsolutePath().toUri().toString();
  }
}
