// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.StreamArguments;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class StreamStateTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withCheckpoints(new CheckpointSettings("s3://project/checkpoints", 5_000));

  /** Arguments by themselves. */
  @Command
  private static final class Arguments {
    @Mixin private StreamArguments stream;
  }

  @Test
  void theProjectsFileDecidesWhereNobodyElseDoes() {
    Configuration effective = effective(new Configuration(), SETTINGS);

    assertThat(effective.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("s3://project/checkpoints");
    assertThat(effective.get(CheckpointingOptions.CHECKPOINT_STORAGE)).isEqualTo("filesystem");
    assertThat(effective.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(effective.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
  }

  @Test
  void theClustersConfigurationGoesOverIt() {
    Configuration effective = effective(cluster(), SETTINGS);

    assertThat(effective).isEqualTo(cluster());
  }

  @Test
  void aFlagGoesOverBoth() {
    Configuration effective =
        effective(
            cluster(),
            SETTINGS,
            "--checkpoints",
            "s3://flag/checkpoints",
            "--state-backend",
            "rocksdb",
            "--from-savepoint",
            "s3://flag/savepoint-1");

    assertThat(effective.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("s3://flag/checkpoints");
    assertThat(effective.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(effective.get(StateRecoveryOptions.SAVEPOINT_PATH))
        .isEqualTo("s3://flag/savepoint-1");
    assertThat(effective.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPathBecomesAUri() {
    Configuration effective =
        effective(new Configuration(), Settings.DEFAULT, "--checkpoints", "here");

    assertThat(effective.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo(Path.of("here").toAbsolutePath().toUri().toString());
  }

  @Test
  void stateInTheMemoryOfTheJobManagerIsRefused() {
    assertThatThrownBy(() -> effective(new Configuration(), Settings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found no directory for checkpoints")
        .hasMessageContaining("execution.checkpointing.dir");
  }

  private static Configuration cluster() {
    Configuration cluster = new Configuration();
    cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://cluster/checkpoints");
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(30));
    cluster.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    return cluster;
  }

  private static Configuration effective(
      Configuration cluster, Settings settings, String... arguments) {
    StreamArguments parsed = CommandLineArguments.parse(new Arguments(), arguments).stream;
    Configuration effective = new Configuration(cluster);
    effective.addAll(new StreamState(settings, parsed).over(cluster));
    return effective;
  }
}
