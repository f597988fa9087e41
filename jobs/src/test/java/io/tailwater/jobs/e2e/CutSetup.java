// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Copies of a {@link CutLog}, each with a topic and a view, and stores of their own. */
final class CutSetup implements AutoCloseable {
  private final EmbeddedFlink flink;
  private final EmbeddedKafka kafka;
  private final Deployment deployment;
  private final CutLog log;
  private final Project project;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RedisReader reader;
  private int parallelism = 1;
  private Map<String, String> client = Map.of();

  /**
   * @param name of project and folder, and what topics begin with
   */
  CutSetup(
      EmbeddedFlink flink,
      EmbeddedKafka kafka,
      EmbeddedRedis redis,
      Path directory,
      String name,
      CutLog log,
      int copies) {
    this.flink = flink;
    this.kafka = kafka;
    this.deployment = new Deployment(redis, directory.resolve(name));
    this.log = log;
    this.project = CutLog.project(name, copies);
    for (int i = 0; i < copies; i++) {
      kafka.createTopic(CutLog.topic(name, i), CutLog.PARTITIONS);
    }
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    reader = new RedisReader(deployment.redisOptions());
  }

  CutSetup withParallelism(int newParallelism) {
    parallelism = newParallelism;
    return this;
  }

  CutSetup withClient(Map<String, String> properties) {
    client = properties;
    return this;
  }

  CutLog log() {
    return log;
  }

  Project project() {
    return project;
  }

  Deployment deployment() {
    return deployment;
  }

  int copies() {
    return project.views().size();
  }

  FeatureView view(int index) {
    return project.views().get(index);
  }

  NativeLayout layout(int index) {
    return NativeLayout.of(project.name(), view(index));
  }

  RedisReader reader() {
    return reader;
  }

  /** Sends lines of the log to the topic of a copy. */
  void send(int index, int from, int end) {
    String topic = CutLog.topic(project.name(), index);
    for (CutLog.Line line : log.lines().subList(from, end)) {
      var unused = producer.send(new ProducerRecord<>(topic, line.partition(), null, line.bytes()));
    }
  }

  void flush() {
    producer.flush();
  }

  CutRun start(StreamStart start, String savepoint) throws Exception {
    // The test takes checkpoints when it wants them.
    Configuration configuration = deployment.configuration(Duration.ofDays(1), "hashmap");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(parallelism);
    new StreamJob(project, settings(), Map.of(), SourceOptions.defaults(), start).define(env);
    return new CutRun(this, flink, env.executeAsync(project.name()));
  }

  /** The vectors of a copy by customer. */
  Map<Long, OnlineVector> online(int index) {
    return online(reader, index);
  }

  Map<Long, OnlineVector> online(RedisReader from, int index) {
    Map<Long, OnlineVector> vectors = new HashMap<>();
    from.scan(layout(index), vector -> vectors.put((Long) vector.key()[0], vector));
    return vectors;
  }

  private Settings settings() {
    return deployment
        .settings()
        .withDeadLetters(null)
        .withKafka(new KafkaSettings(kafka.bootstrap(), client));
  }

  @Override
  public void close() {
    producer.close();
    reader.close();
  }
}
