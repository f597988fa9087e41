// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.e2e.EqualityRun.Disturbance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same events, however they come and whatever happens to the job, leave the same in both
 * stores: one SHA-256 of each for all runs. What is run is {@code equality/equality.yaml}; that its
 * values are right is for others to say.
 */
class EqualityITCase {
  private static final long SEED = 20_261_123;
  private static final int SLOTS = 4;

  @TempDir private Path directory;

  /** Runs something and says what became of the events. */
  private interface Execution {
    List<ViewAccounting> of(EqualityRun run) throws Exception;
  }

  private record Case(String name, List<Line> lines, boolean twice, Execution execution) {
    long count(String source) {
      return lines.stream().filter(line -> line.source().equals(source)).count();
    }
  }

  private record Row(String run, long millis, StoreHashes hashes) {
    String text() {
      return "| %s | %,d | `%s` | `%s` |"
          .formatted(run, hashes.rows(), hashes.offline(), hashes.online());
    }
  }

  @AfterEach
  void everyFailureHasHappened() {
    assertThat(TroubledClock.takeBack()).as("a failure that did not happen").isFalse();
  }

  @Test
  void everyWayToRunTheSameEventsLeavesTheSameInBothStores(TestReporter reporter) throws Exception {
    compare(3_000, reporter);
  }

  @Test
  @Tag("full")
  void everyWayToRunManyEventsLeavesTheSameInBothStores(TestReporter reporter) throws Exception {
    compare(60_000, reporter);
  }

  /** Counts of a source that has ended are not in a checkpoint (docs/metrics.md). */
  @Test
  @Tag("full")
  void aStreamWhoseCheckpointsAreRareIsRescaledBeforeItsSourcesEnd() throws Exception {
    Project project = Deployment.project("equality");
    List<Line> lines = EqualityEvents.inOrder(SEED, 3_000);
    Map<String, Path> files = files(directory, project, lines);
    try (EmbeddedFlink flink = EmbeddedFlink.create(SLOTS);
        EmbeddedRedis redis = EmbeddedRedis.create()) {
      EqualityRun run = new EqualityRun(flink, project, new Deployment(redis, directory), files);
      List<ViewAccounting> accounting =
          run.withParallelism(1)
              .withCheckpointInterval(Duration.ofSeconds(3))
              .disturbedStream(List.of(Disturbance.RESCALING, Disturbance.RESCALING), SEED);
      Case rescaled = new Case("rescaled", lines, false, EqualityRun::stream);
      checkAccounting(rescaled, accounting, accounting);
    }
  }

  private void compare(int count, TestReporter reporter) throws Exception {
    Project project = Deployment.project("equality");
    List<Row> rows = new ArrayList<>();
    List<ViewAccounting> first = new ArrayList<>();
    try (EmbeddedFlink flink = EmbeddedFlink.create(SLOTS)) {
      for (Case each : cases(project, count)) {
        long started = System.nanoTime();
        Path folder = Files.createDirectory(directory.resolve("run-" + rows.size()));
        try (EmbeddedRedis redis = EmbeddedRedis.create()) {
          Deployment deployment = new Deployment(redis, folder);
          EqualityRun run =
              new EqualityRun(flink, project, deployment, files(folder, project, each.lines));
          List<ViewAccounting> accounting = each.execution.of(run);
          StoreHashes hashes = StoreHashes.of(deployment, project);
          Row row = new Row(each.name, (System.nanoTime() - started) / 1_000_000, hashes);
          rows.add(row);
          reporter.publishEntry(row.text() + " " + row.millis() + " ms");
          if (first.isEmpty()) {
            first.addAll(accounting);
          }
          checkAccounting(each, accounting, first);
        }
      }
    }
    publish(rows, reporter);
    assertThat(rows)
        .extracting(row -> row.hashes)
        .as("seed %d", SEED)
        .containsOnly(rows.get(0).hashes);
  }

  private static List<Case> cases(Project project, int count) {
    long allowance = project.sources().get(0).watermark().outOfOrdernessMillis();
    List<Line> lines = EqualityEvents.inOrder(SEED, count);
    List<Line> shuffled = EqualityEvents.shuffled(lines, SEED, allowance);
    List<Line> twice = EqualityEvents.shuffled(EqualityEvents.twice(lines), SEED, allowance);
    return List.of(
        new Case("stream, in the order of time", lines, false, EqualityRun::stream),
        new Case("stream, shuffled", shuffled, false, EqualityRun::stream),
        new Case("stream, parallelism 1", shuffled, false, run -> run.withParallelism(1).stream()),
        new Case("stream, parallelism 4", shuffled, false, run -> run.withParallelism(4).stream()),
        new Case(
            "stream, RocksDB", shuffled, false, run -> run.withStateBackend("rocksdb").stream()),
        new Case("batch", shuffled, false, EqualityRun::batch),
        new Case(
            "stream, killed three times",
            shuffled,
            false,
            run ->
                run.disturbedStream(
                    List.of(Disturbance.FAILURE, Disturbance.CANCELLATION, Disturbance.FAILURE),
                    SEED)),
        new Case(
            "stream, RocksDB, killed three times",
            shuffled,
            false,
            run ->
                run.withStateBackend("rocksdb")
                    .disturbedStream(
                        List.of(
                            Disturbance.CANCELLATION,
                            Disturbance.FAILURE,
                            Disturbance.CANCELLATION),
                        SEED + 1)),
        new Case(
            "stream, rescaled 1 → 2 → 1",
            shuffled,
            false,
            run ->
                run.withParallelism(1)
                    .disturbedStream(
                        List.of(Disturbance.RESCALING, Disturbance.RESCALING), SEED + 2)),
        new Case("stream, every event twice", twice, true, EqualityRun::stream),
        new Case("batch, every event twice", twice, true, EqualityRun::batch));
  }

  /** A file for each source. */
  static Map<String, Path> files(Path folder, Project project, List<Line> lines)
      throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (EventSource source : project.sources()) {
      Stream<String> own =
          lines.stream().filter(line -> line.source().equals(source.name())).map(Line::text);
      files.put(source.name(), Files.write(folder.resolve(source.name() + ".jsonl"), own.toList()));
    }
    return files;
  }

  /** The law for each view, and that the events met the same verdicts as in the first run. */
  private static void checkAccounting(
      Case each, List<ViewAccounting> accounting, List<ViewAccounting> first) {
    for (int i = 0; i < accounting.size(); i++) {
      ViewAccounting view = accounting.get(i);
      ViewAccounting expected = first.get(i);
      assertThat(view).as(each.name).matches(ViewAccounting::isBalanced, "balanced");
      assertThat(view.read()).as(each.name).isEqualTo(each.count(view.source()));
      assertThat(view.count(Verdict.APPLIED))
          .as(each.name)
          .isPositive()
          .isEqualTo(expected.count(Verdict.APPLIED));
      assertThat(view.count(Verdict.DUPLICATE)).as("%s: %s", each.name, view).isPositive();
      assertThat(view.count(Verdict.TOO_LATE)).isZero();
      for (Verdict verdict : List.of(Verdict.FILTERED, Verdict.MALFORMED, Verdict.FUTURE)) {
        assertThat(view.count(verdict))
            .as("%s: %s in %s", each.name, verdict, view.view())
            .isEqualTo(expected.count(verdict) * (each.twice ? 2 : 1));
      }
    }
  }

  /** For docs/equality.md. */
  private static void publish(List<Row> rows, TestReporter reporter) {
    reporter.publishEntry(
        Stream.concat(
                Stream.of(
                    "", "| run | rows | offline SHA-256 | online SHA-256 |", "|---|---|---|---|"),
                rows.stream().map(Row::text))
            .reduce("", (text, line) -> text + line + System.lineSeparator()));
  }
}
