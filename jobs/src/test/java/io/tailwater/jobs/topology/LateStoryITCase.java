// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.topology.LateStory.Case;
import io.tailwater.jobs.topology.LateStory.Kind;
import io.tailwater.jobs.topology.LateStory.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Out-of-order, late, too late and future events, each new, repeated and in conflict, over a real
 * broker, with a job that dies in between: online vectors, offline rows, dead letters and counts
 * are those of a recomputation.
 */
class LateStoryITCase extends KafkaOnFlink {
  private static final int EVENTS_A_CHAPTER = 60;
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path directory;

  /** What may happen to the job in the middle of a chapter. */
  private enum Harm {
    NONE,
    /** A task fails, and all begin again from the checkpoint before the chapter. */
    FAILURE,
    /** The job is cancelled, and another one goes on from that checkpoint. */
    SUCCESSOR
  }

  @Test
  void givesEveryEventItsVerdictAndItsRows() throws Exception {
    checkStory(20_261_123, 30, "hashmap");
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givesEveryEventItsVerdictAndItsRowsInManyStories(long seed) throws Exception {
    checkStory(seed, 150, seed % 2 == 0 ? "hashmap" : "rocksdb");
  }

  private void checkStory(long seed, int chapters, String backend) throws Exception {
    kafka.createTopic(topic, LateStory.PARTITIONS);
    ShopJob.Plan plan = ShopJob.Plan.of(topic, clock).withSettings(settings(backend));
    Collected stores = Collected.of(plan.name());
    Random random = new Random(seed);
    try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic)) {
      LateStory story = new LateStory(kafkaTopic, seed, chapters, NOW);
      ShopJob job = ShopJob.start(flink, kafka, plan);
      try {
        job.awaitWatermark(story.tell(EVENTS_A_CHAPTER));
        for (int chapter = 1; chapter < chapters; chapter++) {
          Harm harm = chapter % 5 == 0 ? Harm.values()[1 + random.nextInt(2)] : Harm.NONE;
          String checkpoint = harm == Harm.NONE ? null : job.checkpoint();
          if (harm == Harm.FAILURE) {
            stores.failOnce();
          }
          int rows = stores.rows();
          long watermark = story.tell(EVENTS_A_CHAPTER);
          if (harm == Harm.SUCCESSOR) {
            Await.until(() -> "no row of the chapter", () -> stores.rows() > rows);
            job.close();
            stores.forgetWatermarks();
            job = ShopJob.start(flink, kafka, plan.restoredFrom(checkpoint));
          } else if (harm == Harm.FAILURE) {
            Await.until(() -> "no failure", () -> !stores.isAboutToFail());
          }
          job.awaitWatermark(watermark);
        }
        clock.advance(Shop.POLICY.idleAfterMillis());
        check(story, job, seed);
      } finally {
        job.close();
      }
    }
  }

  private void check(LateStory story, ShopJob job, long seed) throws Exception {
    long end = NOW + Shop.POLICY.idleAfterMillis() - Shop.POLICY.outOfOrdernessMillis() - 1;
    job.awaitWatermark(end);
    job.stopWithSavepoint(directory);

    ViewAccounting accounting = job.accounting();
    assertThat(accounting.counts()).as("seed %d", seed).isEqualTo(story.counts());
    assertThat(accounting.isBalanced()).as("seed %d: %s", seed, accounting).isTrue();
    Set<String> letters =
        job.stores().deadLetters().stream().map(LateStory::letter).collect(Collectors.toSet());
    assertThat(letters).as("seed %d", seed).isEqualTo(story.letters());
    Naive naive = new Naive(story.applied());
    naive.checkOffline(job.stores(), end);
    naive.checkOnline(job.stores(), end);
    for (Position position : Position.values()) {
      for (Kind kind : Kind.values()) {
        assertThat(story.cases()).as("seed %d", seed).containsKey(new Case(position, kind));
      }
    }
  }

  private Configuration settings(String backend) {
    Configuration settings =
        PipelineConfiguration.stream(
            directory.resolve("checkpoints").toUri().toString(), NEVER, backend);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return settings;
  }
}
