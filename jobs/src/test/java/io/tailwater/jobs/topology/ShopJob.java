// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.Alignment;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The shop's job over a real topic, with sinks that collect and a clock that the test moves. */
final class ShopJob implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final EmbeddedFlink flink;
  private final JobClient client;
  private final Collected stores;

  private ShopJob(EmbeddedFlink flink, JobClient client, Collected stores) {
    this.flink = flink;
    this.client = client;
    this.stores = stores;
  }

  /**
   * What a job is made of.
   *
   * @param name of what it collects
   * @param properties of the Kafka clients
   * @param settings over those that every job has
   * @param registry where schemas are; null for none
   */
  record Plan(
      String name,
      String topic,
      ManualClock clock,
      Map<String, String> properties,
      Alignment alignment,
      Configuration settings,
      @Nullable SchemaRegistrySettings registry) {

    static Plan of(String topic, ManualClock clock) {
      return new Plan(
          topic, topic, clock, Map.of(), Alignment.DEFAULT, PipelineConfiguration.base(), null);
    }

    Plan named(String otherName) {
      return new Plan(otherName, topic, clock, properties, alignment, settings, registry);
    }

    Plan withProperties(Map<String, String> otherProperties) {
      return new Plan(name, topic, clock, otherProperties, alignment, settings, registry);
    }

    Plan withAlignment(Alignment otherAlignment) {
      return new Plan(name, topic, clock, properties, otherAlignment, settings, registry);
    }

    Plan withSettings(Configuration otherSettings) {
      return new Plan(name, topic, clock, properties, alignment, otherSettings, registry);
    }

    Plan withRegistry(SchemaRegistrySettings otherRegistry) {
      return new Plan(name, topic, clock, properties, alignment, settings, otherRegistry);
    }

    /** From a savepoint or a checkpoint; null for none. */
    Plan restoredFrom(@Nullable String path) {
      Configuration restored = new Configuration(settings);
      if (path != null) {
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
      }
      return withSettings(restored);
    }
  }

  static ShopJob start(EmbeddedFlink flink, EmbeddedKafka kafka, Plan plan) throws Exception {
    return start(flink, kafka, plan, Shop.project(plan.topic()));
  }

  /** Starts a job of another project than the shop, all of whose sources are in Kafka. */
  static ShopJob start(EmbeddedFlink flink, EmbeddedKafka kafka, Plan plan, Project project)
      throws Exception {
    StreamExecutionEnvironment env = flink.environment(plan.settings());
    env.setParallelism(2);
    KafkaLocation location =
        KafkaLocation.of(kafka.bootstrap())
            .withProperties(plan.properties())
            .withSchemaRegistry(plan.registry());
    SourceOptions options =
        SourceOptions.defaults()
            .withClock(plan.clock())
            .withConfirmEvery(Duration.ofMillis(100))
            .withAlignment(plan.alignment());
    FeaturePipeline.define(
        env,
        project,
        PipelineSources.of(Map.of("orders", location, "carts", location), options),
        new CollectingSinks(plan.name()),
        new WindowSettings(plan.clock(), plan.clock().millis(), WindowSettings.UNBOUNDED, false));
    return new ShopJob(flink, env.executeAsync(plan.name()), Collected.of(plan.name()));
  }

  /** What it has brought to its sinks so far. */
  Collected stores() {
    return stores;
  }

  @Nullable OnlineVector online(long customer) {
    return stores.online().get(customer);
  }

  /** Waits for the value of {@code count_1h}. */
  void awaitCount(long customer, long count) {
    Await.until(
        () -> "customer %d: %s, expected %d".formatted(customer, online(customer), count),
        () -> hasCount(customer, count));
  }

  boolean hasCount(long customer, long count) {
    OnlineVector vector = online(customer);
    return vector != null && vector.values()[0].equals(count);
  }

  /** Waits until the offline table is told that time has come to an instant. */
  void awaitWatermark(long instant) {
    Await.until(
        () -> "watermark %d, expected %d".formatted(stores.watermark(), instant),
        () -> stores.watermark() >= instant);
  }

  /** Completes a checkpoint and returns where it is. */
  String checkpoint() {
    return Checkpoints.complete(flink, client.getJobID());
  }

  String stopWithSavepoint(Path directory) throws Exception {
    return client
        .stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** The counts of a job that has been stopped. */
  ViewAccounting accounting() throws Exception {
    Map<String, Object> accumulators =
        client
            .getJobExecutionResult()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .getAllAccumulatorResults();
    return ViewAccounting.of("orders", "spend", accumulators);
  }

  /** Cancels the job, unless it is over, and waits for its end. */
  @Override
  public void close() {
    if (!client.getJobStatus().join().isGloballyTerminalState()) {
      client.cancel().join();
      Await.until(
          () -> "the job goes on", () -> client.getJobStatus().join().isGloballyTerminalState());
    }
  }
}
