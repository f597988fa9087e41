// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.sinks.iceberg.ArchiveReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that begin with history and go on with Kafka. */
class HistoryStartITCase {
  private static final StreamStart ARCHIVE = StreamStart.DEFAULT.withArchives();
  private static final CutLog LOG = CutLog.SMALL;

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static EmbeddedRedis redis;
  private static EmbeddedFlink flink;

  @BeforeAll
  static void startServices() {
    kafka = EmbeddedKafka.create();
    redis = EmbeddedRedis.create();
    Configuration many = new Configuration();
    many.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(512));
    many.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(512));
    flink = EmbeddedFlink.create(4, many);
  }

  @AfterAll
  static void stopServices() {
    flink.close();
    redis.close();
    kafka.close();
  }

  /** All cuts are views of one job. */
  @Test
  void aLogThatIsCutAnywhereGivesWhatTheWholeLogGives() throws Exception {
    try (CutSetup setup = setup("anywhere", LOG.size() + 1)) {
      List<Integer> cuts = IntStream.rangeClosed(0, LOG.size()).boxed().toList();
      stream(setup, cuts);
      for (int cut : cuts) {
        assertThat(archived(setup, cut)).as("archived of cut %d", cut).isEqualTo(cut);
        setup.send(cut, cut, LOG.size());
      }
      setup.flush();

      try (Witness witness = new Witness(setup, cuts);
          CutRun run = setup.start(ARCHIVE, null)) {
        run.awaitEnd();
        run.commit();
        witness.assertNothingWrong();
      }
      CutCheck.all(setup);
      for (int cut : cuts) {
        assertThat(archived(setup, cut)).as("archived of cut %d", cut).isEqualTo(LOG.size());
      }
    }
  }

  @Test
  void onRocksDbItGivesTheSame() throws Exception {
    List<Integer> cuts = List.of(2, 9, 14);
    try (CutSetup setup =
        setup("rocksdb", cuts.size()).withParallelism(2).withStateBackend("rocksdb")) {
      stream(setup, cuts);
      for (int i = 0; i < cuts.size(); i++) {
        setup.send(i, cuts.get(i), LOG.size());
      }
      setup.flush();

      try (Witness witness = new Witness(setup, cuts);
          CutRun run = setup.start(ARCHIVE, null)) {
        run.awaitEnd();
        run.commit();
        witness.assertNothingWrong();
      }
      CutCheck.all(setup);
    }
  }

  @Test
  void theStreamBeforeMayGoOnBesideIt() throws Exception {
    List<Integer> cuts = List.of(3, 7, 12);
    try (CutSetup setup = setup("beside", cuts.size());
        CutRun zombie = setup.start(StreamStart.DEFAULT, null)) {
      feed(setup, zombie, cuts);
      zombie.commit();
      try (CutRun run = setup.start(ARCHIVE, null)) {
        for (int i = 0; i < cuts.size(); i++) {
          setup.send(i, cuts.get(i), LOG.size());
        }
        setup.flush();
        run.awaitEnd();
        zombie.commit();
        run.commit();
        zombie.commit();
        zombie.requireRunning();
      }
      CutCheck.all(setup);
    }
  }

  @Test
  void afterAFileKafkaIsReadFromItsBeginningAndWhatIsInBothCountsOnce() throws Exception {
    try (CutSetup setup = setup("files", 1)) {
      Path history = Files.createDirectories(directory.resolve("history")).resolve("orders.jsonl");
      StringBuilder text = new StringBuilder();
      for (CutLog.Line line : LOG.lines().subList(0, 9)) {
        text.append(line.text()).append('\n');
      }
      Files.writeString(history, text);
      setup.send(0, 5, LOG.size());
      setup.flush();

      StreamStart files = StreamStart.DEFAULT.withFiles(Map.of("orders_0", history));
      try (CutRun run = setup.start(files, null)) {
        run.awaitEnd();
        run.commit();
      }
      CutCheck.all(setup);
      // Of what was in Kafka alone.
      assertThat(archived(setup, 0)).isEqualTo(LOG.size() - 5);
    }
  }

  @Test
  void goesOnFromASavepointOfWhichItKnowsTheHistory() throws Exception {
    List<Integer> cuts = List.of(4);
    try (CutSetup setup = setup("savepoint", 1).withParallelism(2)) {
      stream(setup, cuts);
      setup.send(0, 4, 8);
      setup.flush();
      String savepoint;
      try (CutRun run = setup.start(ARCHIVE, null)) {
        run.awaitLines(0, 8);
        savepoint = run.stopWithSavepoint(directory.resolve("savepoints"));
      }
      setup.send(0, 8, 12);
      setup.flush();
      try (CutRun run = setup.start(ARCHIVE, savepoint)) {
        run.awaitLines(0, 12);
        savepoint = run.stopWithSavepoint(directory.resolve("savepoints"));
      }
      setup.send(0, 12, LOG.size());
      setup.flush();
      String last = savepoint;
      try (CutRun run = setup.start(StreamStart.DEFAULT, last)) {
        assertThatThrownBy(run::awaitEnd)
            .hasStackTraceContaining("the operator is not available in the new program");
      }
      try (CutRun run = setup.start(ARCHIVE, last)) {
        run.awaitEnd();
        run.commit();
      }
      CutCheck.all(setup);
    }
  }

  @Test
  void overVectorsItWantsASavepointOrHistoryOrToBeCold() throws Exception {
    try (CutSetup setup = setup("known", 1)) {
      stream(setup, List.of(LOG.size()));

      assertThatThrownBy(() -> setup.start(StreamStart.DEFAULT, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              "spend_0", "orders_0", "--from-savepoint", "--history archive", "--cold");
      try (CutRun run = setup.start(StreamStart.DEFAULT.overAnything(), null)) {
        run.awaitEnd();
      }
    }
  }

  @Test
  void refusesWhatKafkaHasDeletedBeforeItWasArchived() throws Exception {
    try (CutSetup setup = setup("gap", 1)) {
      stream(setup, List.of(4));
      setup.send(0, 4, LOG.size());
      setup.flush();
      setup.delete(0, Map.of(1, 3L));

      assertThatThrownBy(() -> setup.start(ARCHIVE, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              "topic 'gap_0', partition 1 begins at offset 3", "ends before offset 2", "--history");
    }
  }

  @Test
  void refusesHistoryThatIsShorterThanWindows() throws Exception {
    try (CutSetup setup = setup("short", 1)) {
      setup.send(0, 0, 8);
      setup.flush();
      setup.delete(0, Map.of(0, 2L, 1, 1L));
      try (CutRun run = setup.start(StreamStart.DEFAULT, null)) {
        run.awaitLines(0, 8);
        run.commit();
      }

      assertThatThrownBy(() -> setup.start(ARCHIVE, null))
          .isInstanceOf(IllegalArgumentException.class)
          // A day and the out-of-orderness after the later one of the first events.
          .hasMessageContainingAll(
              "view 'spend_0'", "complete from 2026-03-02T10:55:01Z", "--cold");
      try (CutRun run = setup.start(ARCHIVE.overAnything(), null)) {
        run.requireRunning();
      }
    }
  }

  @Test
  void refusesHistoryThatIsNotThere() throws Exception {
    try (CutSetup setup = setup("none", 1)) {
      assertThatThrownBy(() -> setup.start(ARCHIVE, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("no archive of source 'orders_0'", "--history orders_0=FILE");
      assertThatThrownBy(
              () -> setup.start(StreamStart.DEFAULT.withFiles(Map.of("clicks", directory)), null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("--history clicks=", "[orders_0]");
    }
  }

  private static CutSetup setup(String name, int copies) {
    return new CutSetup(flink, kafka, redis, directory, name, LOG, copies);
  }

  private static void stream(CutSetup setup, List<Integer> cuts) throws Exception {
    try (CutRun run = setup.start(StreamStart.DEFAULT, null)) {
      feed(setup, run, cuts);
      run.commit();
    }
  }

  /** Each copy gets its lines one by one, so that what is late is late for the stream. */
  private static void feed(CutSetup setup, CutRun run, List<Integer> cuts) throws Exception {
    for (int line = 0; line < LOG.size(); line++) {
      for (int i = 0; i < cuts.size(); i++) {
        if (line < cuts.get(i)) {
          setup.send(i, line, line + 1);
        }
      }
      setup.flush();
      for (int i = 0; i < cuts.size(); i++) {
        if (line < cuts.get(i)) {
          run.awaitLines(i, line + 1);
        }
      }
    }
  }

  private static long archived(CutSetup setup, int index) throws Exception {
    try (ArchiveReader archive =
        ArchiveReader.open(
            setup.deployment().catalog(),
            setup.project().name(),
            setup.project().sources().get(index))) {
      return archive.eventCount(Long.MIN_VALUE);
    }
  }
}
