// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.source.Await;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events that come late leave correction rows, and both readings of the offline tables are exact,
 * for every aggregate and every kind of window: the latest rows are what the windows mean over all
 * events, and the latest of those that were created up to an instant are what they mean over the
 * events that had arrived by then. What is run is the project of {@link EqualityITCase}.
 */
class AsKnownITCase {
  private static final long SEED = 20_261_127;
  private static final int PHASES = 4;
  private static final int LINES = 900;

  /** One line in so many is late, by half of what its source allows up to nearly all of it. */
  private static final int ONE_LATE_IN = 2;

  private static final long HOUR = 3_600_000;

  /** When the job begins, by its clock: after all events. */
  private static final long NOW = Instant.parse("2015-12-01T00:00:00Z").toEpochMilli();

  /** How far the clock leaps between two phases: more than the rows of an entity in one. */
  private static final long LEAP = 600_000;

  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private Path directory;

  private Project project;

  /**
   * What arrives between two looks at the tables.
   *
   * @param end the time of the last order and the last visit, which are the newest so far
   */
  private record Phase(List<Line> lines, long end) {}

  /** Over all views. */
  private static final class Counts {
    private long rows;
    private long repetitions;
    private long corrected;
  }

  @BeforeEach
  void loadProject() throws Exception {
    project = Deployment.project("equality");
  }

  @Test
  void whatWasKnownAtAnInstantAndWhatIsRightAreBothInTheTables(TestReporter reporter)
      throws Exception {
    List<Phase> phases = phases();
    ManualClock clock = ManualClock.at("as-known", NOW);
    List<Map<String, List<OfflineRow>>> seen = new ArrayList<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      Deployment deployment = new Deployment(redis, directory);
      project.sources().forEach(source -> kafka.createTopic(source.name(), 1));
      JobClient job = start(flink, deployment, kafka, clock);
      for (Phase phase : phases) {
        send(kafka, phase.lines);
        awaitWatermark(deployment, watermark(phase));
        checkpoint(flink, job, deployment, watermark(phase));
        seen.add(tables(deployment));
        clock.advance(LEAP);
      }
      checkAccounting(job, phases);
      job.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    check(phases, seen, reporter);
  }

  private void check(
      List<Phase> phases, List<Map<String, List<OfflineRow>>> seen, TestReporter reporter) {
    List<Line> arrived = new ArrayList<>();
    for (int i = 0; i < PHASES; i++) {
      arrived.addAll(phases.get(i).lines);
      Counts counts = new Counts();
      for (FeatureView view : project.views()) {
        var expected = new EqualityOracle(view, arrived, watermark(phases.get(i))).rows();
        assertThat(expected).hasSizeGreaterThan(5);
        List<OfflineRow> snapshot = seen.get(i).get(view.name());
        List<OfflineRow> table = seen.get(PHASES - 1).get(view.name());
        long known = NOW + (i + 1) * LEAP - 1;
        compare(view, "snapshot " + i, StoredVectors.latest(snapshot), expected);
        counts.repetitions +=
            compare(view, "as known in " + i, StoredVectors.createdUpTo(known, table), expected);
        long corrected = changed(expected, StoredVectors.latest(table));
        assertThat(corrected > 0)
            .as("%s: corrected since phase %d", view.name(), i)
            .isEqualTo(i < PHASES - 1);
        counts.corrected += corrected;
        counts.rows += expected.values().stream().mapToLong(Map::size).sum();
      }
      reporter.publishEntry(
          "| %d | %,d | %,d | %,d | %,d |"
              .formatted(i + 1, arrived.size(), counts.rows, counts.corrected, counts.repetitions));
    }
  }

  /** Returns how many rows repeat the one before them. */
  private static long compare(
      FeatureView view,
      String reading,
      Map<List<Object>, SortedMap<Long, Object[]>> found,
      Map<List<Object>, SortedMap<Long, Object[]>> expected) {
    long repetitions = StoredVectors.removeRepetitions(found, expected);
    StoredVectors.assertSame(view, "%s, seed %d".formatted(reading, SEED), found, expected);
    return repetitions;
  }

  /** How many rows have another vector by now. */
  private static long changed(
      Map<List<Object>, SortedMap<Long, Object[]>> asKnown,
      Map<List<Object>, SortedMap<Long, Object[]>> asCorrected) {
    long changed = 0;
    for (Map.Entry<List<Object>, SortedMap<Long, Object[]>> entry : asKnown.entrySet()) {
      SortedMap<Long, Object[]> corrected = asCorrected.get(entry.getKey());
      changed +=
          entry.getValue().entrySet().stream()
              .filter(row -> !NaiveViews.sameBits(row.getValue(), corrected.get(row.getKey())))
              .count();
    }
    return changed;
  }

  /** Up to where time has come with the last events of a phase. */
  private long watermark(Phase phase) {
    return phase.end - project.sources().get(0).watermark().outOfOrdernessMillis() - 1;
  }

  private List<Phase> phases() {
    List<Line> lines = EqualityEvents.inOrder(SEED, LINES);
    Random random = new Random(SEED);
    Map<Line, Long> arrivals = new IdentityHashMap<>();
    for (Line line : lines) {
      boolean late = random.nextInt(ONE_LATE_IN) == 0;
      long latest = latest(line);
      arrivals.put(line, line.time() + (late ? random.nextLong(latest / 2, latest) : 0));
    }
    List<Line> arriving = new ArrayList<>(lines);
    arriving.sort(Comparator.comparing(arrivals::get));
    long start = lines.get(0).time();
    long length = (arrivals.get(arriving.get(LINES - 1)) - start) / PHASES + 1;
    List<Phase> phases = new ArrayList<>();
    for (int i = 0; i < PHASES; i++) {
      long from = start + i * length;
      long end = from + length;
      List<Line> own = new ArrayList<>(arriving);
      own.removeIf(line -> arrivals.get(line) < from || arrivals.get(line) >= end);
      own.addAll(EqualityEvents.orderAndVisit(SEED + i, end));
      phases.add(new Phase(own, end));
    }
    return phases;
  }

  /** How late a line may be at most, a little less than its source allows. */
  private long latest(Line line) {
    return project.source(line.source()).orElseThrow().watermark().allowedLatenessMillis() - HOUR;
  }

  private JobClient start(
      EmbeddedFlink flink, Deployment deployment, EmbeddedKafka kafka, ManualClock clock)
      throws Exception {
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
    return env.executeAsync("as known");
  }

  private static void send(EmbeddedKafka kafka, List<Line> lines) {
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

  private Map<String, List<OfflineRow>> tables(Deployment deployment) throws IOException {
    Map<String, List<OfflineRow>> tables = new HashMap<>();
    for (FeatureView view : project.views()) {
      tables.put(view.name(), StoredVectors.rows(deployment, project, view));
    }
    return tables;
  }

  private void awaitWatermark(Deployment deployment, long watermark) throws Exception {
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      for (FeatureView view : project.views()) {
        NativeLayout layout = NativeLayout.of(project.name(), view);
        Await.until(
            () -> "not yet: the watermark %d of %s".formatted(watermark, view.name()),
            () -> reader.watermark(layout).orElse(Long.MIN_VALUE) >= watermark);
      }
    }
  }

  private void checkpoint(EmbeddedFlink flink, JobClient job, Deployment deployment, long watermark)
      throws Exception {
    Checkpoints.complete(flink, job.getJobID());
    for (FeatureView view : project.views()) {
      Await.until(() -> "not yet: its commit", () -> committed(deployment, view) >= watermark);
    }
  }

  private long committed(Deployment deployment, FeatureView view) throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      Long watermark = table.snapshot().watermark();
      return watermark == null ? Long.MIN_VALUE : watermark;
    }
  }

  private void checkAccounting(JobClient job, List<Phase> phases) throws Exception {
    Map<String, Long> sent = new HashMap<>();
    for (EventSource source : project.sources()) {
      sent.put(
          source.name(),
          phases.stream()
              .flatMap(phase -> phase.lines.stream())
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
}
