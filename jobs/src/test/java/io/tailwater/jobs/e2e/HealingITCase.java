// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.StallingInterceptor;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came too late for a stream counts in the next one, which takes both stores over from it. */
class HealingITCase {
  private static final StreamStart ARCHIVE = StreamStart.DEFAULT.withArchives();
  private static final CutLog LOG = CutLog.TOO_LATE;
  private static final int TOO_LATE = 3;
  private static final Map<String, String> STALLABLE =
      Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, StallingClient.class.getName());

  /** How many lines the log has come to when something happens. */
  private static final int ARCHIVED = 10;

  private static final int STARTED = 12;
  private static final int COMMITTED_BY_THE_OLD = 17;
  private static final int OF_BOTH = 22;
  private static final int BACKFILLED = 24;

  @TempDir private Path directory;

  @AfterEach
  void release() {
    StallingInterceptor.release();
  }

  @Test
  void aNewGenerationTakesOverAndABackfillHealsTheRest() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(4);
        CutSetup setup = new CutSetup(flink, kafka, redis, directory, "heal", LOG, 1);
        CutRun old = setup.start(StreamStart.DEFAULT, null)) {
      feed(setup, old, 0, ARCHIVED);
      old.commit();
      feed(setup, old, ARCHIVED, STARTED);
      assertThat(setup.refused(0)).isEqualTo(TOO_LATE);
      long oldGeneration = generations(setup).last();

      StallingInterceptor.stallAfter(0);
      setup.withClient(STALLABLE);
      try (GenerationWitness witness = new GenerationWitness(setup, oldGeneration);
          CutRun run = setup.start(ARCHIVE, null)) {
        feed(setup, old, STARTED, COMMITTED_BY_THE_OLD);
        old.commit();
        StallingInterceptor.release();
        awaitGenerationAfter(oldGeneration, setup, run);

        feed(setup, run, COMMITTED_BY_THE_OLD, OF_BOTH);
        run.commit();
        Set<String> rows = rows(setup);
        old.commit();
        old.requireRunning();
        assertThat(rows(setup)).as("rows beside what the old one commits").isEqualTo(rows);
        CutCheck.offline(setup, OF_BOTH, LOG.watermark(COMMITTED_BY_THE_OLD) + 1);

        feed(setup, run, OF_BOTH, BACKFILLED);
        run.commit();
        setup.backfill();
        feed(setup, run, BACKFILLED, LOG.size());
        run.awaitEnd();
        run.commit();
        old.requireRunning();
        old.commit();
        witness.assertNothingWrong();
        assertThat(witness.generations()).contains(oldGeneration).hasSize(2);
      }
      CutCheck.all(setup);
    }
  }

  /** One by one, so that what is late is late for the stream. */
  private static void feed(CutSetup setup, CutRun run, int from, int end) throws Exception {
    for (int line = from; line < end; line++) {
      setup.send(0, line, line + 1);
      setup.flush();
      run.awaitLines(0, line + 1);
    }
  }

  /** Waits for the new generation of each vector that is there. */
  private static void awaitGenerationAfter(long older, CutSetup setup, CutRun run)
      throws Exception {
    Await.until(
        () -> "not all are of a new generation: " + setup.online(0),
        () -> {
          run.requireRunning();
          return generations(setup).first() > older;
        });
  }

  private static SortedSet<Long> generations(CutSetup setup) {
    return setup.online(0).values().stream()
        .map(OnlineVector::generation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rows(CutSetup setup) throws Exception {
    return StoredVectors.rows(setup.deployment(), setup.project(), setup.view(0)).stream()
        .map(
            row ->
                "%s at %d, created %d: %s"
                    .formatted(
                        Arrays.toString(row.key()),
                        row.eventTimestamp(),
                        row.createdTimestamp(),
                        Arrays.toString(row.values())))
        .collect(Collectors.toSet());
  }
}
