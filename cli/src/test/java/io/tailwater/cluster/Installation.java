// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import io.tailwater.cli.demo.ShopTraffic;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.embedded.KafkaProcess;
import io.tailwater.embedded.TemporaryDirectory;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * The retail project on a cluster: broker, Redis, Flink and a warehouse, with the shop's events in
 * the topics. For one thread.
 */
final class Installation implements AutoCloseable {
  private static final int TASK_MANAGERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Counts travel with heartbeats. */
  private static final Duration HEARTBEATS = Duration.ofSeconds(30);

  private final Story story;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Project project = ProjectLoader.load(FlinkDistribution.definitions());
  private final TemporaryDirectory directory;
  private final KafkaProcess kafka;
  private final EmbeddedRedis redis;
  private final FlinkCluster flink;
  private final ShopTraffic traffic;
  private ClusterJob stream;
  private boolean materialized;

  /**
   * Starts everything but the stream.
   *
   * @param name of the run, for its story in {@code target/cluster}
   * @param events how many are in the topics, about
   */
  Installation(String name, int events, long seed) throws Exception {
    this(name, events, seed, Map.of());
  }

  /**
   * Starts everything but the stream.
   *
   * @param name of the run, for its story in {@code target/cluster}
   * @param events how many are in the topics, about
   * @param overrides what the Flink cluster has otherwise than the tests' clusters have
   */
  Installation(String name, int events, long seed, Map<String, String> overrides) throws Exception {
    story = new Story(name);
    try {
      directory = opened(TemporaryDirectory.create("tailwater-cluster-"));
      // It starts while the events are sent.
      flink = opened(new FlinkCluster(directory.path(), TASK_MANAGERS, overrides));
      kafka = opened(KafkaProcess.create());
      redis = opened(EmbeddedRedis.create());
      traffic = new ShopTraffic(project, seed, events);
      traffic.topics().forEach(topic -> kafka.createTopic(topic, ShopTraffic.PARTITIONS));
      story.tell("broker and Redis are up");
      traffic.sendHistory(kafka.bootstrap());
      story.tell("%,d events are in the topics, seed %d", traffic.count(), seed);
      flink.awaitReady();
      story.tell("a JobManager and %d TaskManagers are up", TASK_MANAGERS);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  KafkaProcess kafka() {
    return kafka;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  FlinkCluster flink() {
    return flink;
  }

  /** The stream that runs. */
  ClusterJob stream() {
    return stream;
  }

  /** Where everything is that is written to files. */
  Path directory() {
    return directory.path();
  }

  /** The endpoints, as the mains of the JAR and the {@code tailwater} commands take them. */
  List<String> endpoints() {
    return List.of(
        "--definitions",
        FlinkDistribution.definitions().toString(),
        "--redis",
        redis.address(),
        "--warehouse",
        warehouse().toString());
  }

  /** Lets a fault strike. */
  void strike(Fault fault) throws Exception {
    story.tell("%s", fault);
    fault.strike(this);
    story.tell("the stream may go on");
  }

  /** Submits the stream. */
  void startStream() throws IOException {
    startStream(List.of());
  }

  /** Submits the stream to go on from a savepoint or checkpoint, a URI. */
  void startStream(String savepoint) throws IOException {
    startStream(List.of("-s", savepoint));
  }

  /** Waits until the stream has read a part of the events, between 0 and 1, and saved its state. */
  void awaitMiddle(double part) throws Exception {
    awaitRead(part);
    awaitCheckpoint();
    story.tell("%,d events are read, and the state is saved", read());
  }

  /** Waits until the stream has read a part of the events, between 0 and 1. */
  void awaitRead(double part) throws Exception {
    long due = (long) (part * traffic.count());
    Await.until(
        PATIENCE,
        () -> "not yet: %,d events, but %,d%n%s".formatted(due, read(), flink.lastWords()),
        () -> read() >= due);
  }

  /** Sends the last events, and waits until both stores have what follows from all. */
  void awaitEnd() throws Exception {
    // Now, so that no partition is silent behind a fault: that would cost its idle_after.
    traffic.sendClosing(kafka.bootstrap());
    awaitRead(1);
    story.tell("all events are read");
    long due = traffic.due();
    Await.until(
        PATIENCE,
        () -> "not yet: the online store at the end%n%s".formatted(flink.lastWords()),
        () -> traffic.onlineWatermark(redisOptions()) >= due);
    // With the second one the stores have committed what the first one holds.
    awaitCheckpoint();
    awaitCheckpoint();
    Await.until(
        HEARTBEATS,
        () -> "not yet: a verdict for each event: " + stream.accounting(),
        () -> stream.accounting().stream().allMatch(ViewAccounting::isBalanced));
    story.tell("both stores have all");
  }

  /** Compares the stores with a recomputation, and the counts with what was sent. */
  void check() {
    List<String> report =
        traffic.check(kafka.bootstrap(), redisOptions(), catalog(), stream, materialized);
    story.tell("compared");
    story.add(report);
  }

  /** Runs {@code materialize} over all that has happened, to its end. */
  void materialize() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("2000-01-01", Instant.now().toString()));
    arguments.addAll(endpoints());
    project.views().forEach(view -> arguments.addAll(List.of("--view", view.name())));
    flink.run(List.of("-p", "1"), "io.tailwater.jobs.MaterializeMain", arguments);
    materialized = true;
    story.tell("materialized");
  }

  /** The newest checkpoint that is complete; while the stream runs it may go at any time. */
  Path lastCheckpoint() throws IOException {
    Path checkpoints = ClusterSettings.checkpoints(directory.path());
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IllegalStateException("no checkpoint in " + checkpoints))
          .getParent();
    }
  }

  @Override
  public void close() throws Exception {
    if (flink != null) {
      story.tell("closed");
      story.write(flink.outputs());
    }
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private void startStream(List<String> options) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-p", Integer.toString(TASK_MANAGERS)));
    List<String> arguments = new ArrayList<>(endpoints());
    arguments.addAll(List.of("--kafka", kafka.bootstrap()));
    stream =
        new ClusterJob(
            flink.client(), flink.submit(all, "io.tailwater.jobs.StreamMain", arguments), project);
    story.tell("the stream is submitted: flink run -d %s", String.join(" ", all));
  }

  /** Takes one, as soon as all tasks run. */
  private void awaitCheckpoint() throws Exception {
    Await.until(
        PATIENCE,
        () -> "not yet: a checkpoint%n%s".formatted(flink.lastWords()),
        () -> {
          try {
            stream.checkpoint();
            return true;
          } catch (IllegalStateException e) {
            return false;
          }
        });
  }

  private long read() {
    stream.isFinished();
    return stream.read();
  }

  private Path warehouse() {
    return directory.path().resolve("warehouse");
  }

  private RedisOptions redisOptions() {
    return RedisOptions.of(redis.host(), redis.port());
  }

  private CatalogLoader catalog() {
    return IcebergCatalogs.loader(warehouse().toString(), Map.of());
  }

  private <T extends AutoCloseable> T opened(T service) {
    open.push(service);
    return service;
  }
}
