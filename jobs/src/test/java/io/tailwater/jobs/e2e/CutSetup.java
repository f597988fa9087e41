// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.RefusedEvents;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
  private EventClock clock = EventClock.system();
  private String stateBackend = "hashmap";
  private RedisSettings redis;

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
    this.redis = RedisSettings.of(redis.address());
    this.log = log;
    this.project = log.project(name, copies);
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

  CutSetup withClock(EventClock newClock) {
    clock = newClock;
    return this;
  }

  CutSetup withStateBackend(String newStateBackend) {
    stateBackend = newStateBackend;
    return this;
  }

  /** Vectors in another layout, whose keys expire. */
  CutSetup withRedis(LayoutKind layout, Duration expireAfter) {
    redis =
        new RedisSettings(
            redis.host(), redis.port(), null, null, false, false, expireAfter.toMillis(), layout);
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

  OnlineLayout layout(int index) {
    return OnlineLayout.of(redis.layout(), project.name(), view(index));
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

  /** Sends what is refused, since it is of the future, and moves no watermark. */
  void sendRefused(int index, int count) {
    String topic = CutLog.topic(project.name(), index);
    for (int i = 0; i < count; i++) {
      CutLog.Line line = new CutLog.Line(i % CutLog.PARTITIONS, Integer.MAX_VALUE, i, 1.0);
      var unused = producer.send(new ProducerRecord<>(topic, line.partition(), null, line.bytes()));
    }
  }

  void flush() {
    producer.flush();
  }

  CutRun start(StreamStart start, String savepoint) throws Exception {
    // The test takes checkpoints when it wants them.
    Configuration configuration = deployment.configuration(Duration.ofDays(1), stateBackend);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(parallelism);
    SourceOptions options = SourceOptions.defaults().withClock(clock);
    new StreamJob(project, settings(), Map.of(), options, start).define(env);
    return new CutRun(this, flink, env.executeAsync(project.name()));
  }

  /** Writes all tables anew from the archives. */
  void backfill() throws Exception {
    Set<String> sources =
        project.sources().stream().map(EventSource::name).collect(Collectors.toSet());
    backfill(BackfillInputs.ofFiles(Map.of()).withArchives(sources), BackfillOptions.ALL);
  }

  /** Writes all tables anew. */
  void backfill(BackfillInputs inputs, BackfillOptions options) throws Exception {
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(parallelism);
    new BackfillJob(project, settings(), inputs, options, SourceOptions.defaults()).define(env);
    env.execute("backfill " + project.name());
  }

  /** Deletes the records before these offsets, by partition, as Kafka does when they are old. */
  void delete(int index, Map<Integer, Long> beforeOffsets) throws Exception {
    Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
    beforeOffsets.forEach(
        (partition, offset) ->
            records.put(
                new TopicPartition(CutLog.topic(project.name(), index), partition),
                RecordsToDelete.beforeOffset(offset)));
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()))) {
      admin.deleteRecords(records).all().get();
    }
  }

  /** How many lines of a copy are dead letters because of their time. */
  int refused(int index) throws Exception {
    return RefusedEvents.byView(
            project.sources().get(index),
            KafkaLocation.of(kafka.bootstrap()),
            KafkaDeadLetters.topicFor(CutLog.topic(project.name(), index)))
        .getOrDefault(CutLog.view(index), Set.of())
        .size();
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
        .withRedis(redis)
        .withDeadLetters(null)
        .withKafka(new KafkaSettings(kafka.bootstrap(), client));
  }

  @Override
  public void close() {
    producer.close();
    reader.close();
  }
}
