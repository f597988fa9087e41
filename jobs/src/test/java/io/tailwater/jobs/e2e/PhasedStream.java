// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.e2e.LatePhases.Phase;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A stream over a broker that is fed phase by phase; after each, both stores have all of it. */
final class PhasedStream implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final EmbeddedFlink flink;
  private final EmbeddedKafka kafka;
  private final Deployment deployment;
  private final Project project;
  private final JobClient job;

  private PhasedStream(
      EmbeddedFlink flink,
      EmbeddedKafka kafka,
      Deployment deployment,
      Project project,
      JobClient job) {
    this.flink = flink;
    this.kafka = kafka;
    this.deployment = deployment;
    this.project = project;
    this.job = job;
  }

  static PhasedStream start(
      EmbeddedFlink flink,
      EmbeddedKafka kafka,
      Deployment deployment,
      Project project,
      ManualClock clock)
      throws Exception {
    project.sources().forEach(source -> kafka.createTopic(source.name(), 1));
    // The test alone says when there is a checkpoint.
    StreamExecutionEnvironment env =
        flink.environment(deployment.configuration(Duration.ofDays(1), "hashmap"));
    env.setParallelism(2);
    new StreamJob(
            project,
            deployment
                .settings()
                .withKafka(new KafkaSettings(kafka.bootstrap(), Map.of()))
                .withDeadLetters(null),
            Map.of(),
            SourceOptions.defaults().withClock(clock))
        .define(env);
    return new PhasedStream(
        flink, kafka, deployment, project, env.executeAsync(project.name() + " in phases"));
  }

  /** Sends the lines of a phase, and returns when both stores have them. */
  void run(Phase phase) throws Exception {
    send(phase.lines());
    awaitOnline(phase.watermark());
    Checkpoints.complete(flink, job.getJobID());
    for (FeatureView view : project.views()) {
      Await.until(() -> "not yet: its commit", () -> committed(view) >= phase.watermark());
    }
  }

  private void send(List<Line> lines) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Line line : lines) {
        byte[] text = line.text().getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(line.source(), 0, null, text));
      }
    }
  }

  private void awaitOnline(long watermark) {
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      for (FeatureView view : project.views()) {
        NativeLayout layout = NativeLayout.of(project.name(), view);
        Await.until(
            () -> "not yet: the watermark %d of %s".formatted(watermark, view.name()),
            () -> reader.watermark(layout).orElse(Long.MIN_VALUE) >= watermark);
      }
    }
  }

  private long committed(FeatureView view) throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      Long watermark = table.snapshot().watermark();
      return watermark == null ? Long.MIN_VALUE : watermark;
    }
  }

  /** That every line of these phases met its verdict, and none was too late. */
  void checkAccounting(List<Phase> phases) throws Exception {
    Map<String, Long> sent = new HashMap<>();
    for (EventSource source : project.sources()) {
      sent.put(
          source.name(),
          phases.stream()
              .flatMap(phase -> phase.lines().stream())
              .filter(line -> line.source().equals(source.name()))
              .count());
    }
    Await.until(
        () -> "not yet: the verdict on every event",
        () ->
            ViewAccounting.of(project, job.getAccumulators().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .stream()
                .allMatch(
                    view ->
                        view.isBalanced()
                            && view.read() == sent.get(view.source())
                            && view.count(Verdict.DUPLICATE) > 0
                            && view.count(Verdict.TOO_LATE) == 0));
  }

  @Override
  public void close() throws Exception {
    job.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
