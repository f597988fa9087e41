// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.PipelineSettings;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.deadletter.DeadLetterTopic;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.stores.redis.RedisOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.TopicConfig;

/** The demo's job: the graph that {@code tailwater stream} runs, on the demo's services. */
final class DemoPipeline {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  private DemoPipeline() {}

  /** Creates the topics and starts the job. */
  static RunningPipeline start(
      Project project,
      DemoServices services,
      RedisOptions redis,
      CatalogLoader catalog,
      Path checkpoints) {
    String bootstrap = services.kafka().bootstrap();
    Map<String, String> client =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    Map<String, SourceLocation> locations = new HashMap<>();
    for (EventSource source : project.sources()) {
      createTopics(services.kafka(), topic(source), client);
      locations.put(source.name(), KafkaLocation.of(bootstrap));
    }
    Configuration flink =
        PipelineConfiguration.stream(
            checkpoints.toUri().toString(), CHECKPOINT_INTERVAL, "hashmap");
    return PipelineLauncher.start(
        services.flink(),
        project,
        new PipelineSettings(
            locations,
            redis,
            catalog,
            source ->
                KafkaDeadLetters.sink(client, KafkaDeadLetters.topicFor(topic(source))),
            WindowSettings.UNBOUNDED,
            DemoServices.PARALLELISM,
            flink));
  }

  private static void createTopics(
      EmbeddedKafka kafka, String topic, Map<String, String> client) {
    // The broker's clock dates the arrival of an event, from which freshness is measured.
    kafka.createTopic(
        topic,
        Script.PARTITIONS,
        Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    DeadLetterTopic.create(client, KafkaDeadLetters.topicFor(topic));
  }

  private static String topic(EventSource source) {
    KafkaTopic topic = source.kafka();
    return Objects.requireNonNull(topic, "a source of the demo has no topic").topic();
  }
}
