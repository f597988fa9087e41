// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.StreamArguments;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;

/**
 * Where and how often a stream's state is saved on a cluster: a flag decides, else the cluster's
 * configuration, else {@code tailwater.yaml}.
 */
final class StreamState {
  private final Settings settings;
  private final StreamArguments arguments;

  StreamState(Settings settings, StreamArguments arguments) {
    this.settings = settings;
    this.arguments = arguments;
  }

  /**
   * What is to be set over the cluster's configuration.
   *
   * @throws IllegalArgumentException if nobody says where checkpoints go: Flink would keep them in
   *     the memory of its JobManager, up to 5 MB
   */
  Configuration over(ReadableConfig cluster) {
    Configuration own = new Configuration();
    if (cluster.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      own.set(
          CheckpointingOptions.CHECKPOINTING_INTERVAL,
          Duration.ofMillis(settings.checkpoints().intervalMillis()));
    }
    directory(cluster, own);
    if (arguments.stateBackend().isPresent()
        || cluster.getOptional(StateBackendOptions.STATE_BACKEND).isEmpty()) {
      own.set(
          StateBackendOptions.STATE_BACKEND,
          PipelineConfiguration.stateBackend(
              arguments.stateBackend().orElse(settings.stateBackend())));
    }
    arguments
        .savepoint()
        .ifPresent(
            path -> own.set(StateRecoveryOptions.SAVEPOINT_PATH, PipelineConfiguration.uri(path)));
    return own;
  }

  private void directory(ReadableConfig cluster, Configuration own) {
    boolean configured =
        cluster.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isPresent();
    if (configured && arguments.checkpoints().isEmpty()) {
      return;
    }
    String directory = arguments.checkpoints().orElse(settings.checkpoints().directory());
    if (directory == null) {
      throw new IllegalArgumentException(
          "found no directory for checkpoints, expected '%s' in Flink's config.yaml, --checkpoints DIR, or 'checkpoints.directory' in tailwater.yaml"
              .formatted(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()));
    }
    own.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, PipelineConfiguration.uri(directory));
  }
}
