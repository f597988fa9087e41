// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import io.tailwater.jobs.topology.StreamStart;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The demo's job: the one that {@code tailwater stream} runs, with the demo's settings. */
final class DemoPipeline {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  private DemoPipeline() {}

  /** Where the demo's services are. */
  static Settings settings(DemoServices services, DemoFolder folder) {
    return Settings.DEFAULT
        .withKafka(new KafkaSettings(services.kafka().bootstrap(), Map.of()))
        .withRedis(RedisSettings.of(services.redis().address()))
        .withWarehouse(folder.warehouse().toString())
        .withCheckpoints(
            new CheckpointSettings(folder.checkpoints().toString(), CHECKPOINT_INTERVAL.toMillis()))
        .withStateBackend(StateBackend.HEAP);
  }

  /** Creates the topics and starts the job. */
  static RunningPipeline start(Project project, DemoServices services, Settings settings) {
    for (EventSource source : project.sources()) {
      // The broker's clock dates the arrival of an event, from which freshness is measured.
      services
          .kafka()
          .createTopic(
              EventSender.topic(source),
              Partitions.COUNT,
              Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    }
    return PipelineLauncher.start(
        services.flink(),
        project,
        settings,
        Map.of(),
        StreamStart.DEFAULT,
        null,
        DemoServices.PARALLELISM);
  }
}
