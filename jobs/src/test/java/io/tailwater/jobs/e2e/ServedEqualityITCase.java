// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.e2e.LatePhases.Phase;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.Freshness;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.serving.ServedView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client reads at an instant is what the offline table has at that instant, for every
 * aggregate and every kind of window: at random instants at which the served vector holds, while a
 * stream goes on whose every second event is late, it is joined by DuckDB as of the instant.
 *
 * <ul>
 *   <li>Up to the watermark, with the rows that were created by then: the table as known then.
 *   <li>Beyond it, where on arrival is ahead of the table, with the rows of the end, unless events
 *       up to that instant arrived later.
 *   <li>From {@code valid_until} on, the values are marked as stale.
 * </ul>
 */
class ServedEqualityITCase {
  private static final long SEED = 20_261_128;
  private static final int PHASES = 8;
  private static final int LINES = 900;

  /** Random instants at each look at an entity, beside the first and the last one. */
  private static final int INSTANTS = 6;

  /** When the job begins, by its clock: after all events. */
  private static final long NOW = Instant.parse("2015-12-01T00:00:00Z").toEpochMilli();

  /** How far the clock leaps between two phases: more than the rows of an entity in one. */
  private static final long LEAP = 600_000;

  /** Event time is far from the clocks; a job that is behind is for others to test. */
  private static final Duration ANY_LAG = Duration.ofDays(100_000);

  private final Random random = new Random(SEED);
  private final SteppedClock clock = new SteppedClock();
  private final Map<FeatureView, ViewProgram> programs = new LinkedHashMap<>();
  private final Map<FeatureView, List<List<Object>>> keys = new LinkedHashMap<>();
  private final Map<FeatureView, List<ServedVector>> asKnown = new LinkedHashMap<>();
  private final Map<FeatureView, List<ServedVector>> asCorrected = new LinkedHashMap<>();
  @TempDir private Path directory;
  private Project project;
  private List<Phase> phases;
  private int stale;
  private int superseded;

  @BeforeEach
  void loadProject() throws Exception {
    project = Deployment.project("equality");
    phases = LatePhases.of(project, SEED, LINES, PHASES);
    for (FeatureView view : project.views()) {
      ViewProgram program = ViewProgram.compile(view);
      programs.put(view, program);
      keys.put(view, new EqualityOracle(view, program, lines(0), end()).keys());
      asKnown.put(view, new ArrayList<>());
      asCorrected.put(view, new ArrayList<>());
    }
  }

  @Test
  void whatIsServedIsWhatTheTableHasAtThatInstant(TestReporter reporter) throws Exception {
    ManualClock jobClock = ManualClock.at("served", NOW);
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      Deployment deployment = new Deployment(redis, directory);
      try (PhasedStream stream = PhasedStream.start(flink, kafka, deployment, project, jobClock);
          FeatureClient client =
              FeatureClient.create(project, deployment.redisOptions(), clock, ANY_LAG)) {
        for (int i = 0; i < PHASES; i++) {
          stream.run(phases.get(i));
          read(client, i);
          jobClock.advance(LEAP);
        }
        stream.checkAccounting(phases);
      }
      compare(deployment, reporter);
    }
  }

  /** Reads every entity there ever is, at instants at which its vector holds. */
  private void read(FeatureClient client, int phase) {
    for (FeatureView view : project.views()) {
      EqualityOracle coming = new EqualityOracle(view, programs.get(view), lines(phase + 1), end());
      for (List<Object> key : keys.get(view)) {
        List<Long> toCome = coming.keys().contains(key) ? coming.eventTimes(key) : List.of();
        read(client, view, key, phase, toCome);
      }
    }
  }

  /** What arrives from a phase on. */
  private List<Line> lines(int from) {
    return phases.subList(from, PHASES).stream().flatMap(phase -> phase.lines().stream()).toList();
  }

  private void read(
      FeatureClient client, FeatureView view, List<Object> key, int phase, List<Long> toCome) {
    long watermark = phases.get(phase).watermark();
    ServedView first = at(client, view, key, watermark).views().get(0);
    Long asOf = first.eventTimestamp(0);
    if (asOf == null) {
      long instant = watermark - random.nextLong(watermark - phases.get(0).lines().get(0).time());
      note(client, view, key, instant, phase);
      return;
    }
    Long until = first.validUntil(0);
    if (until != null) {
      assertThat(at(client, view, key, until).views().get(0).freshness(0))
          .as("seed %d: %s %s from valid_until on", SEED, view.name(), key)
          .isEqualTo(Freshness.STALE);
      stale++;
    }
    for (long instant : instants(asOf, Math.min(until == null ? end() : until - 1, end()))) {
      if (instant <= watermark) {
        note(client, view, key, instant, phase);
      }
      if (toCome.isEmpty() || toCome.get(0) > instant) {
        asCorrected.get(view).add(served(client, view, key, instant, Long.MAX_VALUE));
      } else {
        superseded++;
      }
    }
  }

  /** To be compared with the table as it is known in a phase. */
  private void note(
      FeatureClient client, FeatureView view, List<Object> key, long instant, int phase) {
    long known = NOW + (phase + 1) * LEAP - 1;
    asKnown.get(view).add(served(client, view, key, instant, known));
  }

  private ServedVector served(
      FeatureClient client, FeatureView view, List<Object> key, long instant, long known) {
    OnlineFeatures read = at(client, view, key, instant);
    ServedView of = read.views().get(0);
    if (of.status(0) == FeatureStatus.NOT_FOUND) {
      return new ServedVector(key, instant, known, null);
    }
    assertThat(of.freshness(0))
        .as("seed %d: %s %s at %d", SEED, view.name(), key, instant)
        .isEqualTo(Freshness.CURRENT);
    Object[] values =
        IntStream.range(0, read.features().size()).mapToObj(i -> read.value(0, i)).toArray();
    return new ServedVector(key, instant, known, values);
  }

  private OnlineFeatures at(
      FeatureClient client, FeatureView view, List<Object> key, long instant) {
    clock.set(instant);
    Map<String, Object> entity = new LinkedHashMap<>();
    for (int i = 0; i < key.size(); i++) {
      entity.put(view.entity().joinKeys().get(i).name(), key.get(i));
    }
    return client.getOnlineFeatures(List.of(view.name() + ":*"), List.of(entity));
  }

  /** The first, the last and some between. */
  private SortedSet<Long> instants(long first, long last) {
    SortedSet<Long> instants = new TreeSet<>();
    if (first <= last) {
      instants.addAll(List.of(first, last));
      for (int i = 0; i < INSTANTS; i++) {
        instants.add(first + random.nextLong(last - first + 1));
      }
    }
    return instants;
  }

  /** Up to when the table is whole in the end. */
  private long end() {
    return phases.get(PHASES - 1).watermark();
  }

  private void compare(Deployment deployment, TestReporter reporter) throws Exception {
    int known = 0;
    int corrected = 0;
    int missing = 0;
    List<String> differences = new ArrayList<>();
    try (AsOfJoin join = new AsOfJoin()) {
      for (FeatureView view : project.views()) {
        join.load(view, deployment, project);
        List<ServedVector> served = new ArrayList<>(asKnown.get(view));
        served.addAll(asCorrected.get(view));
        List<Object[]> table = join.at(view, served);
        for (int i = 0; i < served.size(); i++) {
          if (!same(served.get(i).values(), table.get(i))) {
            differences.add(text(view, served.get(i), table.get(i)));
          }
        }
        known += asKnown.get(view).size();
        corrected += asCorrected.get(view).size();
        missing += (int) served.stream().filter(each -> each.values() == null).count();
      }
    }
    reporter.publishEntry(
        "%,d as known, %,d as corrected, %,d of entities that are not there; %,d stale, %,d superseded by later events"
            .formatted(known, corrected, missing, stale, superseded));
    assertThat(differences.stream().limit(5))
        .as("seed %d: %d differences", SEED, differences.size())
        .isEmpty();
    assertThat(known).isGreaterThan(2_000);
    assertThat(corrected).isGreaterThan(2_000);
    assertThat(missing).isGreaterThan(20);
    assertThat(stale).isGreaterThan(200);
    assertThat(superseded).isGreaterThan(100);
  }

  private static boolean same(Object[] served, Object[] table) {
    return served == null || table == null ? served == table : NaiveViews.sameBits(served, table);
  }

  private static String text(FeatureView view, ServedVector served, Object[] table) {
    List<String> names = view.storedFeatures().stream().map(Feature::name).toList();
    List<String> keys = view.entity().joinKeys().stream().map(JoinKey::name).toList();
    if (served.values() == null || table == null) {
      return "%s: served %s, in the table %s"
          .formatted(served, Arrays.toString(served.values()), Arrays.toString(table));
    }
    List<String> features = new ArrayList<>();
    for (int i = 0; i < table.length; i++) {
      if (!NaiveViews.sameBits(new Object[] {served.values()[i]}, new Object[] {table[i]})) {
        features.add("%s is %s, not %s".formatted(names.get(i), served.values()[i], table[i]));
      }
    }
    return "%s %s=%s at %d, known by %d: %s"
        .formatted(view.name(), keys, served.key(), served.instant(), served.known(), features);
  }
}
