// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import io.tailwater.cli.demo.ShopTraffic;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.KafkaTopics;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's stream from the topics to both stores, with Kafka and Redis in containers. */
class ContainersITCase {
  private static final int EVENTS = 5_000;
  private static final long SEED = 13;
  private static final int PARALLELISM = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void bothStoresHaveWhatARecomputationSays(@TempDir Path folder) throws Exception {
    Project project =
        ProjectLoader.load(DockerFolder.CHECKOUT.resolve("feature-definitions/retail"));
    ShopTraffic traffic = new ShopTraffic(project, SEED, EVENTS);
    try (Containers containers = new Containers();
        EmbeddedFlink flink = EmbeddedFlink.create(PARALLELISM)) {
      String bootstrap = containers.bootstrap();
      for (String topic : traffic.topics()) {
        KafkaTopics.create(bootstrap, topic, ShopTraffic.PARTITIONS, Map.of());
      }
      traffic.sendHistory(bootstrap);
      traffic.sendClosing(bootstrap);
      RedisOptions redis = RedisOptions.of(containers.redis());
      try (RunningPipeline stream = stream(flink, project, containers, folder)) {
        awaitEnd(stream, traffic, redis);

        traffic.check(
            bootstrap,
            redis,
            IcebergCatalogs.loader(warehouse(folder).toString(), Map.of()),
            stream,
            /* restored= */ false);
      }
    }
  }

  private static RunningPipeline stream(
      EmbeddedFlink flink, Project project, Containers containers, Path folder) {
    Settings settings =
        Settings.DEFAULT
            .withKafka(new KafkaSettings(containers.bootstrap(), Map.of()))
            .withRedis(containers.redis())
            .withWarehouse(warehouse(folder).toString())
            .withCheckpoints(
                new CheckpointSettings(folder.resolve("checkpoints").toString(), 1_000));
    return PipelineLauncher.start(
        flink, project, settings, Map.of(), StreamStart.DEFAULT, null, PARALLELISM);
  }

  private static void awaitEnd(RunningPipeline stream, ShopTraffic traffic, RedisOptions redis)
      throws Exception {
    long due = traffic.due();
    Await.until(
        PATIENCE,
        () -> "not yet: all %,d events, but %,d".formatted(traffic.count(), stream.read()),
        () -> stream.read() >= traffic.count());
    Await.until(
        PATIENCE,
        () -> "not yet: the online store at the end",
        () -> traffic.onlineWatermark(redis) >= due);
    // With the second one the stores have committed what the first one holds.
    stream.checkpoint();
    stream.checkpoint();
    Await.until(
        PATIENCE,
        () -> "not yet: a verdict for each event: " + stream.accounting(),
        () -> stream.accounting().stream().allMatch(ViewAccounting::isBalanced));
  }

  private static Path warehouse(Path folder) {
    return folder.resolve("warehouse");
  }
}
