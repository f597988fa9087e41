// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.e2e.LatePhases.Phase;
import io.tailwater.jobs.source.ManualClock;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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

  /** When the job begins, by its clock: after all events. */
  private static final long NOW = Instant.parse("2015-12-01T00:00:00Z").toEpochMilli();

  /** How far the clock leaps between two phases: more than the rows of an entity in one. */
  private static final long LEAP = 600_000;

  @TempDir private Path directory;

  private Project project;

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
    List<Phase> phases = LatePhases.of(project, SEED, LINES, PHASES);
    ManualClock clock = ManualClock.at("as-known", NOW);
    List<Map<String, List<OfflineRow>>> seen = new ArrayList<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      Deployment deployment = new Deployment(redis, directory);
      try (PhasedStream stream = PhasedStream.start(flink, kafka, deployment, project, clock)) {
        for (Phase phase : phases) {
          stream.run(phase);
          seen.add(tables(deployment));
          clock.advance(LEAP);
        }
        stream.checkAccounting(phases);
      }
    }
    check(phases, seen, reporter);
  }

  private void check(
      List<Phase> phases, List<Map<String, List<OfflineRow>>> seen, TestReporter reporter) {
    List<Line> arrived = new ArrayList<>();
    for (int i = 0; i < PHASES; i++) {
      arrived.addAll(phases.get(i).lines());
      Counts counts = new Counts();
      for (FeatureView view : project.views()) {
        var expected = new EqualityOracle(view, arrived, phases.get(i).watermark()).rows();
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

  private Map<String, List<OfflineRow>> tables(Deployment deployment) throws IOException {
    Map<String, List<OfflineRow>> tables = new HashMap<>();
    for (FeatureView view : project.views()) {
      tables.put(view.name(), StoredVectors.rows(deployment, project, view));
    }
    return tables;
  }
}
