// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.Await;
import io.tailwater.jobs.topology.StreamStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A start from history that is killed again and again, and goes on from its last checkpoint. */
class HistoryKilledITCase {
  private static final long SEED = 20_261_128;
  private static final int LINES = 6_000;
  private static final int KILLS = 5;
  private static final int MOST_CHECKPOINTS_BETWEEN = 8;

  @TempDir private Path directory;

  @Test
  void whateverWasReadByThenTheStoresEndAsIfItHadNotBeen(TestReporter reporter) throws Exception {
    Random random = new Random(SEED);
    CutLog log = CutLog.random(SEED, LINES);
    int cut = LINES / 2 + random.nextInt(LINES / 4);
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2);
        CutSetup setup =
            new CutSetup(flink, kafka, redis, directory, "killed", log, 1).withParallelism(2)) {
      setup.send(0, 0, cut);
      setup.flush();
      try (CutRun run = setup.start(StreamStart.DEFAULT, null)) {
        run.awaitLines(0, cut);
        run.commit();
      }
      setup.send(0, cut, LINES);
      setup.flush();

      setup.withCheckpoints(Duration.ofMillis(10));
      Checkpoints checkpoints = new Checkpoints(setup.deployment().checkpoints());
      String from = null;
      int inHistory = 0;
      try (Witness witness = new Witness(setup, List.of(cut))) {
        for (int kill = 0; kill < KILLS; kill++) {
          int until =
              checkpoints.latestNumber() + 1 + random.nextInt(MOST_CHECKPOINTS_BETWEEN) * kill;
          try (CutRun run = setup.start(StreamStart.DEFAULT.withArchives(), from)) {
            Await.until(
                () -> "no checkpoint",
                () -> {
                  run.requireRunning();
                  return checkpoints.latestNumber() >= until;
                });
          }
          inHistory += generations(setup) == 1 ? 1 : 0;
          from = checkpoints.latest().orElseThrow().toUri().toString();
        }
        try (CutRun run = setup.start(StreamStart.DEFAULT.withArchives(), from)) {
          run.awaitEnd();
          run.commit();
        }
        witness.assertNothingWrong();
      }
      reporter.publishEntry(
          "%d of %d kills before anything was published".formatted(inHistory, KILLS));
      assertThat(inHistory).isPositive();
      CutCheck.all(setup);
    }
  }

  private static long generations(CutSetup setup) {
    return setup.online(0).values().stream().map(vector -> vector.generation()).distinct().count();
  }
}
