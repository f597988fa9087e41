// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.StallingInterceptor;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start from history that is killed again and again, and goes on from its last checkpoint. */
@Tag("full")
class HistoryKilledITCase {
  private static final long SEED = 20_261_128;
  private static final int LINES = 6_000;
  private static final int CUT = 4_000;
  private static final int REFUSED = 20_000;
  private static final StreamStart ARCHIVE = StreamStart.DEFAULT.withArchives();

  /** Consumers hand on so many records of the topic at a time. */
  private static final Map<String, String> STALLABLE =
      Map.of(
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, StallingClient.class.getName(),
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "50",
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "5000");

  @TempDir private Path directory;

  @AfterEach
  void release() {
    StallingInterceptor.release();
    TroubledClock.hurry();
    TroubledClock.takeBack();
  }

  @Test
  void killedInHistoryAtTheSeamAndBehindItTheStoresEndAsIfItHadNotBeen() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2);
        CutSetup setup =
            new CutSetup(flink, kafka, redis, directory, "killed", CutLog.random(SEED, LINES), 1)
                .withParallelism(2)) {
      setup.send(0, 0, CUT);
      setup.flush();
      try (CutRun run = setup.start(StreamStart.DEFAULT, null)) {
        run.awaitLines(0, CUT);
        run.commit();
      }
      setup.send(0, CUT, LINES);
      setup.flush();

      setup.withClient(STALLABLE);
      long old = generations(setup).last();
      try (Witness witness = new Witness(setup, List.of(CUT))) {
        String from = null;
        for (int records : new int[] {1, 300, 500}) {
          from = killedAfter(records, setup, from);
          assertThat(generations(setup)).as("after %d records", records).containsExactly(old);
        }
        try (CutRun run = setup.start(ARCHIVE, from)) {
          Await.until(
              () -> "nothing is published",
              () -> {
                run.requireRunning();
                return generations(setup).last() > old;
              });
          run.commit();
          from = latest(setup);
        }
        try (CutRun run = setup.start(ARCHIVE, from)) {
          run.awaitEnd();
          run.commit();
        }
        witness.assertNothingWrong();
      }
      CutCheck.all(setup);
    }
  }

  /**
   * Of two events of the archive one is refused, for which the clock is looked at, so that the
   * clock sets the pace.
   */
  @Test
  void killedWhileItReadsTheArchiveItGoesOnInTheMiddleOfIt() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2);
        CutSetup setup =
            new CutSetup(flink, kafka, redis, directory, "middle", CutLog.random(SEED, LINES), 1)
                .withParallelism(2)) {
      setup.sendRefused(0, REFUSED / 2);
      setup.send(0, 0, CUT);
      setup.sendRefused(0, REFUSED / 2);
      setup.flush();
      try (CutRun run = setup.start(StreamStart.DEFAULT, null)) {
        run.awaitLines(0, CUT);
        run.awaitRefused(0, REFUSED);
        run.commit();
      }
      setup.send(0, CUT, LINES);
      setup.flush();
      long old = generations(setup).last();

      setup.withClock(new TroubledClock());
      TroubledClock.slowDown();
      try (Witness witness = new Witness(setup, List.of(CUT))) {
        long looks = TroubledClock.calls();
        try (CutRun run = setup.start(ARCHIVE, null)) {
          Await.until(() -> "nothing is read", () -> TroubledClock.calls() > looks + REFUSED / 10);
          run.commit();
          run.cancel();
        }
        String cancelled = latest(setup);
        try (CutRun run = setup.start(ARCHIVE, cancelled)) {
          run.commit();
          TroubledClock.failOnce();
          assertThatThrownBy(run::awaitEnd).hasStackTraceContaining("the test asked for");
        }
        assertThat(latest(setup)).isNotEqualTo(cancelled);
        assertThat(generations(setup)).containsExactly(old);

        TroubledClock.hurry();
        long before = TroubledClock.calls();
        try (CutRun run = setup.start(ARCHIVE, latest(setup))) {
          run.awaitEnd();
          run.commit();
        }
        assertThat(TroubledClock.calls() - before)
            .as("looks at the clock, of which a refused event takes two")
            .isLessThan(2 * REFUSED * 9 / 10);
        witness.assertNothingWrong();
      }
      CutCheck.all(setup);
    }
  }

  /** Kills a stream that the topic gives no more than so many records, and a batch, to. */
  private static String killedAfter(int records, CutSetup setup, String from) throws Exception {
    StallingInterceptor.stallAfter(records);
    try (CutRun run = setup.start(ARCHIVE, from)) {
      Await.until(
          () -> "no stall",
          () -> {
            run.requireRunning();
            return StallingInterceptor.isStalling();
          });
      run.commit();
      run.cancel();
      StallingInterceptor.release();
    }
    return latest(setup);
  }

  private static String latest(CutSetup setup) throws Exception {
    return new Checkpoints(setup.deployment().checkpoints())
        .latest()
        .orElseThrow()
        .toUri()
        .toString();
  }

  private static SortedSet<Long> generations(CutSetup setup) {
    return setup.online(0).values().stream()
        .map(OnlineVector::generation)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
