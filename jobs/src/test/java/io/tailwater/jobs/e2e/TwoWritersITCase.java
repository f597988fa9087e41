// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.StallingInterceptor;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.StreamStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream and backfills write the same keys at once, now the one ahead and now the other, and what
 * is read meanwhile never goes back and never vanishes.
 */
class TwoWritersITCase {
  private static final long SEED = 20_261_129;
  private static final int LINES = 240;
  private static final int ROUNDS = 4;
  private static final Map<String, String> STALLABLE =
      Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, StallingClient.class.getName());

  @TempDir private Path directory;

  @AfterEach
  void release() {
    StallingInterceptor.release();
  }

  @ParameterizedTest
  @EnumSource(LayoutKind.class)
  void whatIsReadNeverGoesBackAndNeverVanishes(LayoutKind layout, TestReporter reporter)
      throws Exception {
    CutLog log = CutLog.random(SEED, LINES);
    String name = "two-writers-" + layout.name().toLowerCase(Locale.ROOT);
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(4);
        CutSetup setup =
            new CutSetup(flink, kafka, redis, directory, name, log, 2)
                .withRedis(layout, Duration.ofHours(1))
                .withClient(STALLABLE);
        CutRun stream = setup.start(StreamStart.DEFAULT, null);
        WritersWitness witness = new WritersWitness(setup, SEED)) {
      setup.withClient(Map.of());
      for (int round = 0; round < ROUNDS; round++) {
        int end = log.size() * (round + 1) / ROUNDS;
        write(setup, stream, log.size() * round / ROUNDS, end, round % 2 == 0);
      }
      stream.awaitEnd();
      stream.commit();
      witness.assertNothingWrong();
      reporter.publishEntry(
          "%s: %,d reads, %,d lives renewed, generations %s"
              .formatted(layout, witness.reads(), witness.renewals(), witness.generations()));
      assertThat(witness.generations()).as("0 is a backfill's").hasSize(2).contains(0L);
      assertThat(witness.renewals()).isPositive();
      // The rows of the backfills reach beyond the stream's watermark: that is another test's.
      witness.assertComplete();
    }
  }

  /**
   * @param behind whether the stream goes on only when the backfill has ended
   */
  private static void write(CutSetup setup, CutRun stream, int from, int end, boolean behind)
      throws Exception {
    StallingInterceptor.stallAfter(0);
    for (int copy = 0; copy < setup.copies(); copy++) {
      setup.send(copy, from, end);
    }
    setup.flush();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Void> backfill =
          executor.submit(
              () -> {
                setup.backfill(BackfillInputs.ofFiles(Map.of()), BackfillOptions.ALL.withOnline());
                return null;
              });
      if (!behind) {
        StallingInterceptor.release();
      }
      backfill.get();
      StallingInterceptor.release();
      for (int copy = 0; copy < setup.copies(); copy++) {
        stream.awaitLines(copy, end);
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
