// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchiveTables;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.sinks.iceberg.TableCareOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The archive of a stream that is killed amid its topics, and goes on from its last checkpoint. */
final class KilledArchive {
  private static final long TIMEOUT_SECONDS = 120;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(300);

  private final EmbeddedKafka kafka;
  private final Project project;
  private final Deployment deployment;
  private final List<Line> lines;

  /**
   * @param lines what the topics get; those without fields do not decode
   */
  KilledArchive(EmbeddedKafka kafka, Project project, Deployment deployment, List<Line> lines) {
    this.kafka = kafka;
    this.project = project;
    this.deployment = deployment;
    this.lines = lines;
  }

  Deployment deployment() {
    return deployment;
  }

  /** Half of the events, the end of a process, the other half, another process. */
  void write() throws Exception {
    int half = lines.size() / 2;
    SourceFixture.send(kafka.bootstrap(), lines.subList(0, half));
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      JobClient job = stream(flink, null);
      Await.until(() -> "not yet: archived events", () -> archivedCount() > 0);
      job.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Await.until(
          () -> "not yet: cancelled", () -> job.getJobStatus().get().isGloballyTerminalState());
    }
    SourceFixture.send(kafka.bootstrap(), lines.subList(half, lines.size()));
    Path checkpoint = new Checkpoints(deployment.checkpoints()).latest().orElseThrow();
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      JobClient job = stream(flink, checkpoint.toUri().toString());
      Await.until(() -> "not yet: all events", () -> archivedCount() >= good());
      job.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      takeCareOfAnArchive(flink);
    }
  }

  /** Whoever reads the archive reads files that maintenance has made. */
  private void takeCareOfAnArchive(EmbeddedFlink flink) throws Exception {
    Compaction.run(
        flink,
        deployment.catalog(),
        project.name(),
        ArchiveTables.identifier(project.name(), "orders").name(),
        TableCareOptions.DEFAULT.withSnapshotAge(Duration.ofMillis(1)),
        1);
  }

  private JobClient stream(EmbeddedFlink flink, String restored) throws Exception {
    Configuration configuration = deployment.configuration(CHECKPOINT_INTERVAL, "hashmap");
    if (restored != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restored);
    }
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(2);
    new StreamJob(
            project,
            deployment
                .settings()
                .withDeadLetters(null)
                .withKafka(new KafkaSettings(kafka.bootstrap(), Map.of())),
            Map.of(),
            SourceOptions.defaults())
        .define(env);
    return env.executeAsync("archive");
  }

  private long archivedCount() throws IOException {
    long count = 0;
    for (EventSource source : project.sources()) {
      try (ArchiveReader archive = open(source.name())) {
        count += archive.eventCount(Long.MIN_VALUE);
      } catch (NoSuchTableException e) {
        return 0;
      }
    }
    return count;
  }

  ArchiveReader open(String source) {
    return ArchiveReader.open(
        deployment.catalog(), project.name(), project.source(source).orElseThrow());
  }

  private long good() {
    return lines.stream().filter(SourceFixture::isEverywhere).count();
  }

  /** Removes the rows of views that the stream has written beside the archive. */
  void dropFeatures() throws IOException {
    Catalog catalog = deployment.catalog().loadCatalog();
    for (FeatureView view : project.views()) {
      catalog.dropTable(OfflineTables.identifier(project.name(), view.name()));
    }
    ((Closeable) catalog).close();
  }

  /** Where the good events of a source stand, by the order in which all were sent. */
  List<String> positions(String source) {
    List<String> positions = new ArrayList<>();
    Map<Integer, Long> offsets = new HashMap<>();
    int half = lines.size() / 2;
    for (List<Line> part : List.of(lines.subList(0, half), lines.subList(half, lines.size()))) {
      int count = 0;
      for (Line line : part) {
        if (line.source().equals(source)) {
          int partition = ++count % SourceFixture.PARTITIONS;
          long offset = offsets.merge(partition, 1L, Long::sum) - 1;
          if (line.fields() != null) {
            positions.add("%s/%d/%d".formatted(source, partition, offset));
          }
        }
      }
    }
    return positions;
  }
}
