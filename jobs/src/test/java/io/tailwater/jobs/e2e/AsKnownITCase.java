// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events that come late leave correction rows, and both readings of the offline table are exact:
 * the latest rows are what the windows mean over all events, and the latest of those that were
 * created up to an instant are what they mean over the events that had arrived by then.
 */
class AsKnownITCase {
  private static final long SEED = 20_261_124;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final long PHASE = 3 * HOUR;
  private static final int PHASES = 4;
  private static final int EVENTS_A_PHASE = 250;
  private static final int CUSTOMERS = 8;
  private static final long LATEST = 5 * HOUR;
  private static final long OUT_OF_ORDERNESS = 60_000;
  private static final long ALLOWED_LATENESS = 6 * HOUR;

  /** When the job begins, by its clock. */
  private static final long NOW = START + 30 * HOUR;

  /** How far the clock leaps between two phases: more than the rows of an entity in one. */
  private static final long LEAP = 600_000;

  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private Path directory;

  private final Project project = project();
  private final FeatureView view = project.views().get(0);

  private record Payment(long customer, Purchase purchase) {}

  @Test
  void whatWasKnownAtAnInstantAndWhatIsRightAreBothInTheTable(TestReporter reporter)
      throws Exception {
    List<List<Payment>> phases = phases();
    ManualClock clock = ManualClock.at("as-known", NOW);
    List<Map<Object, List<StepRow>>> seen = new ArrayList<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      Deployment deployment = new Deployment(redis, directory);
      kafka.createTopic("payments", 1);
      JobClient job = start(flink, deployment, kafka, clock);
      for (int phase = 0; phase < PHASES; phase++) {
        send(kafka, phase, phases.get(phase));
        awaitWatermark(deployment, watermark(phase));
        checkpoint(flink, job, deployment, watermark(phase));
        seen.add(StoredRows.read(deployment.catalog(), project, view));
        clock.advance(LEAP);
      }
      checkAccounting(job);
      job.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    check(phases, seen, reporter);
  }

  private void check(
      List<List<Payment>> phases, List<Map<Object, List<StepRow>>> seen, TestReporter reporter) {
    Map<Object, List<StepRow>> table = seen.get(PHASES - 1);
    List<Payment> arrived = new ArrayList<>();
    for (int phase = 0; phase < PHASES; phase++) {
      arrived.addAll(phases.get(phase));
      long known = NOW + (phase + 1) * LEAP - 1;
      Map<Object, List<StepRow>> asKnown = asKnown(table, known);
      compare(asKnown(seen.get(phase), Long.MAX_VALUE), arrived, phase, "snapshot");
      compare(asKnown, arrived, phase, "rows created up to");
      long changed = changed(asKnown, asKnown(table, Long.MAX_VALUE));
      reporter.publishEntry(
          "after phase %d: %d rows known, %d of them since corrected"
              .formatted(phase, count(asKnown), changed));
      assertThat(changed > 0).as("corrected since phase %d", phase).isEqualTo(phase < PHASES - 1);
    }
  }

  private void compare(
      Map<Object, List<StepRow>> rows, List<Payment> arrived, int phase, String reading) {
    Map<Object, List<Purchase>> purchases = new HashMap<>();
    for (Payment payment : arrived) {
      purchases.computeIfAbsent(payment.customer, key -> new ArrayList<>()).add(payment.purchase);
    }
    NaiveView naive = new NaiveView(List.of(HOUR, 6 * HOUR), ALLOWED_LATENESS, watermark(phase));
    Differences differences = new Differences();
    purchases.forEach(
        (customer, own) ->
            differences.compareRows(
                customer, rows.getOrDefault(customer, List.of()), naive.recompute(own).rows()));
    assertThat(purchases.keySet()).containsAll(rows.keySet());
    assertThat(differences.compared()).isPositive();
    differences.assertNone("%s phase %d, seed %d".formatted(reading, phase, SEED));
  }

  /** Of the rows that were created up to {@code known}, the latest of each instant. */
  private static Map<Object, List<StepRow>> asKnown(Map<Object, List<StepRow>> table, long known) {
    Map<Object, List<StepRow>> rows = new HashMap<>();
    table.forEach(
        (customer, all) ->
            rows.put(
                customer,
                StoredRows.latest(all.stream().filter(row -> row.created() <= known).toList())));
    return rows;
  }

  /** How many rows have another vector by now. */
  private static long changed(
      Map<Object, List<StepRow>> asKnown, Map<Object, List<StepRow>> asCorrected) {
    long changed = 0;
    for (Map.Entry<Object, List<StepRow>> entry : asKnown.entrySet()) {
      for (StepRow row : entry.getValue()) {
        if (asCorrected.get(entry.getKey()).stream().noneMatch(row::sameVector)) {
          changed++;
        }
      }
    }
    return changed;
  }

  private static long count(Map<Object, List<StepRow>> rows) {
    return rows.values().stream().mapToLong(List::size).sum();
  }

  /** Up to where time has come with the last event of a phase, which is the newest. */
  private static long watermark(int phase) {
    return START + (phase + 1) * PHASE - OUT_OF_ORDERNESS - 1;
  }

  /** Each phase ends with its newest event; a fifth of the others are hours late. */
  private static List<List<Payment>> phases() {
    Random random = new Random(SEED);
    List<List<Payment>> phases = new ArrayList<>();
    for (int phase = 0; phase < PHASES; phase++) {
      List<Payment> payments = new ArrayList<>();
      for (int i = 1; i < EVENTS_A_PHASE; i++) {
        long time = START + phase * PHASE + i * (PHASE / EVENTS_A_PHASE);
        boolean late = random.nextInt(5) == 0;
        long at = late ? Math.max(START, time - random.nextLong(LATEST)) : time;
        payments.add(payment(random, at));
      }
      payments.add(payment(random, START + (phase + 1) * PHASE));
      phases.add(payments);
    }
    return phases;
  }

  private static Payment payment(Random random, long time) {
    double amount = (1 + random.nextInt(99_999)) / 100.0;
    return new Payment(random.nextInt(CUSTOMERS), new Purchase(time, amount));
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

  private static void send(EmbeddedKafka kafka, int phase, List<Payment> payments) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < payments.size(); i++) {
        Payment payment = payments.get(i);
        String json =
            "{\"payment_id\": \"%d-%d\", \"at\": %d, \"customer_id\": %d, \"amount\": %s}"
                .formatted(
                    phase, i, payment.purchase.time(), payment.customer, payment.purchase.amount());
        var unused = producer.send(new ProducerRecord<>("payments", 0, null, json.getBytes(UTF_8)));
      }
    }
  }

  private void awaitWatermark(Deployment deployment, long watermark) throws Exception {
    NativeLayout layout = NativeLayout.of(project.name(), view);
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      Eventually.until(
          "the watermark " + watermark,
          () -> reader.watermark(layout).orElse(Long.MIN_VALUE) >= watermark);
    }
  }

  private void checkpoint(EmbeddedFlink flink, JobClient job, Deployment deployment, long watermark)
      throws Exception {
    Checkpoints.complete(flink, job.getJobID());
    Eventually.until("its commit", () -> committed(deployment) >= watermark);
  }

  private long committed(Deployment deployment) throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      Long watermark = table.snapshot().watermark();
      return watermark == null ? Long.MIN_VALUE : watermark;
    }
  }

  private void checkAccounting(JobClient job) throws Exception {
    Eventually.until(
        "every event applied",
        () -> {
          ViewAccounting accounting =
              ViewAccounting.of(
                  view.source().name(),
                  view.name(),
                  job.getAccumulators().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
          return accounting.isBalanced()
              && accounting.count(Verdict.APPLIED) == PHASES * EVENTS_A_PHASE;
        });
  }

  private static Project project() {
    try {
      return Deployment.project("as-known");
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
