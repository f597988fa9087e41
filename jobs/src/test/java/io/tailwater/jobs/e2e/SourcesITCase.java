// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchiveTables;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.offline.ArchiveSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same events from files of every format, a folder of files, Kafka and the archive that a
 * stream has written: one hash of each store for all of them. And where a backfill begins later,
 * its rows are those that a whole one has from there on.
 */
class SourcesITCase {
  private static final long SEED = 20_261_127;
  private static final int COUNT = 1_500;
  private static final long TIMEOUT_SECONDS = 120;
  private static final Set<String> SOURCES = Set.of("orders", "visits");

  /** Those without lifetime features. */
  private static final List<String> BOUNDED_VIEWS = List.of("customer_orders", "product_orders");

  private static final long FROM = Instant.parse("2015-10-31T06:30:00Z").toEpochMilli();

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static EmbeddedRedis archiveRedis;
  private static EmbeddedFlink backfills;
  private static Project project;
  private static List<Line> lines;
  private static List<Line> good;
  private static long end;
  private static KilledArchive archive;

  @BeforeAll
  static void writeTheEventsEverywhere() throws Exception {
    kafka = EmbeddedKafka.create();
    archiveRedis = EmbeddedRedis.create();
    backfills = EmbeddedFlink.create(2);
    project = SourceFixture.project(directory.resolve("definitions"));
    lines =
        EqualityEvents.inOrder(SEED, COUNT).stream()
            .filter(line -> line.fields() == null || SourceFixture.isEverywhere(line))
            .toList();
    good = lines.stream().filter(SourceFixture::isEverywhere).toList();
    end = lines.get(lines.size() - 1).time();
    for (String topic : SOURCES) {
      kafka.createTopic(topic, SourceFixture.PARTITIONS, Map.of("retention.ms", "-1"));
    }
    archive =
        new KilledArchive(
            kafka, project, new Deployment(archiveRedis, directory.resolve("archived")), lines);
    archive.write();
  }

  @AfterAll
  static void stop() {
    kafka.close();
    archiveRedis.close();
    backfills.close();
  }

  @Test
  void everySourceOfTheSameEventsLeavesTheSameInBothStores(TestReporter reporter) throws Exception {
    Map<String, BackfillInputs> inputs = inputs();
    Map<String, StoreHashes> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, BackfillInputs> input : inputs.entrySet()) {
      try (EmbeddedRedis redis = EmbeddedRedis.create()) {
        Deployment deployment = deployment(redis, input.getKey());
        List<ViewAccounting> accounting =
            backfill(deployment, input.getValue(), new BackfillOptions(List.of(), null, end, true));
        hashes.put(input.getKey(), StoreHashes.of(deployment, project));
        reporter.publishEntry(input.getKey() + ": " + hashes.get(input.getKey()));
        checkAccounting(accounting, input.getKey().equals("kafka") ? lines : good);
      }
    }
    assertThat(hashes.get("json lines").rows()).isGreaterThan(1_000);
    assertThat(hashes.values())
        .as("seed %d: %s", SEED, hashes)
        .containsOnly(hashes.get("json lines"));
  }

  @Test
  void beginningLaterGivesTheRowsOfAWholeBackfillFromThereOn() throws Exception {
    SortedMap<String, String> whole = null;
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      Deployment all = deployment(redis, "whole");
      backfill(
          all, inputs().get("json lines"), new BackfillOptions(BOUNDED_VIEWS, null, end, false));
      whole = rows(all, FROM);
      assertThat(whole.size()).isGreaterThan(300);
      for (String source : List.of("json lines", "parquet", "kafka", "archive")) {
        Deployment later = deployment(redis, "later " + source);
        List<ViewAccounting> accounting =
            backfill(
                later, inputs().get(source), new BackfillOptions(BOUNDED_VIEWS, FROM, end, false));
        assertThat(rows(later, Long.MIN_VALUE)).as(source).isEqualTo(whole);
        assertThat(accounting.get(0).read())
            .as("%s reads what counts alone", source)
            .isPositive()
            .isLessThan(lines.stream().filter(line -> line.source().equals("orders")).count() - 50);
      }
    }
  }

  @Test
  void anArchiveOfAStreamThatWasKilledHoldsEachEventOnce() throws Exception {
    for (EventSource source : project.sources()) {
      List<String> positions = new ArrayList<>();
      Catalog catalog = archive.deployment().catalog().loadCatalog();
      try (CloseableIterable<Record> records =
          IcebergGenerics.read(
                  catalog.loadTable(ArchiveTables.identifier(project.name(), source.name())))
              .build()) {
        records.forEach(
            row ->
                positions.add(
                    "%s/%s/%s"
                        .formatted(
                            row.getField(ArchiveSchema.TOPIC),
                            row.getField(ArchiveSchema.PARTITION),
                            row.getField(ArchiveSchema.OFFSET))));
      } finally {
        ((Closeable) catalog).close();
      }
      assertThat(positions)
          .doesNotHaveDuplicates()
          .hasSameElementsAs(archive.positions(source.name()));
    }
  }

  private static Map<String, Map<Integer, Long>> reachedOffsets(ArchiveReader reader) {
    Map<String, Map<Integer, Long>> reached = new HashMap<>();
    reader
        .partitions()
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, archived) ->
                        reached
                            .computeIfAbsent(topic, none -> new HashMap<>())
                            .put(partition, archived.nextOffset())));
    return reached;
  }

  @Test
  void anArchiveTellsHowFarItHasCome() throws Exception {
    try (ArchiveReader reader = archive.open("orders")) {
      Map<Integer, Long> reached = new HashMap<>();
      for (String position : archive.positions("orders")) {
        String[] parts = position.split("/", -1);
        reached.merge(Integer.valueOf(parts[1]), Long.parseLong(parts[2]) + 1, Math::max);
      }
      assertThat(reachedOffsets(reader)).isEqualTo(Map.of("orders", reached));
      long newest =
          good.stream()
              .filter(line -> line.source().equals("orders"))
              .mapToLong(line -> (Long) line.fields()[1])
              .filter(at -> at <= end)
              .max()
              .orElseThrow();
      assertThat(reader.newestEventTime(end)).isEqualTo(OptionalLong.of(newest));
      assertThat(reader.newestEventTime(0)).isEmpty();
      assertThat(reader.watermark()).isPresent();
    }
  }

  private static Map<String, BackfillInputs> inputs() throws IOException {
    Map<String, BackfillInputs> inputs = new LinkedHashMap<>();
    inputs.put("json lines", files(".jsonl", SourceFixture::jsonLines));
    inputs.put("csv", files(".csv", SourceFixture::csv));
    inputs.put("avro", files(".avro", SourceFixture::avro));
    inputs.put("parquet", files(".parquet", SourceFixture::parquet));
    inputs.put("folder", files("", SourceFixture::folder));
    inputs.put("kafka", BackfillInputs.ofFiles(Map.of()));
    inputs.put("archive", BackfillInputs.ofFiles(Map.of()).withArchives(SOURCES));
    return inputs;
  }

  private interface FileWriter {
    Path write(Path file, EventSource source, List<Line> lines);
  }

  private static BackfillInputs files(String ending, FileWriter writer) throws IOException {
    Path folder = Files.createTempDirectory(directory, "files");
    Map<String, Path> files = new HashMap<>();
    for (EventSource source : project.sources()) {
      List<Line> own = good.stream().filter(l -> l.source().equals(source.name())).toList();
      files.put(source.name(), writer.write(folder.resolve(source.name() + ending), source, own));
    }
    return BackfillInputs.ofFiles(files);
  }

  /** The archive's tables are in its own warehouse, so features of it go there too. */
  private static Deployment deployment(EmbeddedRedis redis, String name) {
    return new Deployment(
        redis,
        name.endsWith("archive") ? archive.deployment().directory() : directory.resolve(name));
  }

  private static List<ViewAccounting> backfill(
      Deployment deployment, BackfillInputs inputs, BackfillOptions options) throws Exception {
    if (deployment.directory().equals(archive.deployment().directory())) {
      archive.dropFeatures();
    }
    StreamExecutionEnvironment env = backfills.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(2);
    BackfillJob job =
        new BackfillJob(
            project, withKafka(deployment.settings()), inputs, options, SourceOptions.defaults());
    job.define(env);
    Map<String, Object> accumulators =
        env.executeAsync("sources")
            .getJobExecutionResult()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .getAllAccumulatorResults();
    List<ViewAccounting> accounting = ViewAccounting.of(job.project(), accumulators);
    job.eventCounts()
        .forEach(
            (source, count) ->
                assertThat(count)
                    .as("events of %s", source)
                    .isGreaterThanOrEqualTo(read(accounting, source)));
    return accounting;
  }

  private static long read(List<ViewAccounting> accounting, String source) {
    return accounting.stream()
        .filter(view -> view.source().equals(source))
        .mapToLong(ViewAccounting::read)
        .max()
        .orElse(0);
  }

  private static Settings withKafka(Settings settings) {
    return settings.withKafka(new KafkaSettings(kafka.bootstrap(), Map.of()));
  }

  private static void checkAccounting(List<ViewAccounting> accounting, List<Line> read) {
    for (ViewAccounting view : accounting) {
      long expected = read.stream().filter(l -> l.source().equals(view.source())).count();
      assertThat(view).matches(ViewAccounting::isBalanced, "balanced");
      assertThat(view.read()).isEqualTo(expected);
      assertThat(view.count(Verdict.FUTURE) + view.count(Verdict.FILTERED)).isPositive();
      assertThat(view.count(Verdict.TOO_LATE)).isZero();
    }
  }

  private static SortedMap<String, String> rows(Deployment deployment, long from)
      throws IOException {
    SortedMap<String, String> rows = new TreeMap<>();
    for (String name : BOUNDED_VIEWS) {
      FeatureView view = project.view(name).orElseThrow();
      try (OfflineTableReader table =
          OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
        table.forEach(row -> add(rows, name, row, from));
      }
    }
    return rows;
  }

  private static void add(SortedMap<String, String> rows, String view, OfflineRow row, long from) {
    if (row.eventTimestamp() >= from) {
      String key = "%s %s %d".formatted(view, Arrays.toString(row.key()), row.eventTimestamp());
      assertThat(rows.put(key, Arrays.deepToString(row.values()))).as(key).isNull();
    }
  }
}
