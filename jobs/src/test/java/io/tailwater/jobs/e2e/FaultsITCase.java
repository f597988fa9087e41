// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.embedded.EmbeddedRedis.Durability;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that goes away and a job that dies in mid-run: the stores end with what an undisturbed
 * run leaves there, which is what a recomputation of the file says.
 */
class FaultsITCase {
  private static final int LINES = 8_000;
  private static final long TIMEOUT_SECONDS = 120;

  @TempDir Path directory;

  private EmbeddedRedis redis;
  private Deployment deployment;
  private RetailFile file;
  private RetailJob job;

  @BeforeEach
  void prepare() throws Exception {
    redis = EmbeddedRedis.create(freePort(), Durability.UNTIL_CLOSED);
    deployment = new Deployment(redis, directory);
    file = RetailFile.generated(directory, LINES);
    job = new RetailJob(file, deployment);
  }

  @AfterEach
  void stop() {
    redis.close();
    assertThat(TroubledClock.takeBack()).as("a failure that did not happen").isFalse();
  }

  @Test
  void redisAwayInMidRunLosesNothing() throws Exception {
    runWithRedisAway(Duration.ofSeconds(3));
  }

  @Test
  @Tag("full")
  void redisAwayForTwentySecondsInMidRunLosesNothing() throws Exception {
    runWithRedisAway(Duration.ofSeconds(20));
  }

  @Test
  void failingInMidRunChangesNothing() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.create(RetailJob.PARALLELISM)) {
      JobClient client = start(flink, configuration());
      Await.until(() -> "not yet: rows in the offline table", this::hasRows);
      TroubledClock.failOnce();
      checkEnd(client);
    }
  }

  @Test
  void goingOnFromTheLastCheckpointInAnotherClusterChangesNothing() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.create(RetailJob.PARALLELISM)) {
      JobClient client = start(flink, configuration());
      Await.until(() -> "not yet: rows in the offline table", this::hasRows);
      assertThat(client.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
      client.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Await.until(
          () -> "not yet: cancelled", () -> client.getJobStatus().get().isGloballyTerminalState());
    }
    Configuration restored = configuration();
    restored.set(
        StateRecoveryOptions.SAVEPOINT_PATH,
        new Checkpoints(deployment.checkpoints()).latest().orElseThrow().toUri().toString());
    try (EmbeddedFlink flink = EmbeddedFlink.create(RetailJob.PARALLELISM)) {
      checkEnd(start(flink, restored));
    }
  }

  private void runWithRedisAway(Duration outage) throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.create(RetailJob.PARALLELISM)) {
      JobClient client = start(flink, configuration());
      Await.until(() -> "not yet: progress in Redis", this::hasProgress);
      redis.stop();
      long back = System.nanoTime() + outage.toNanos();
      Await.until(
          () -> "not yet: the end of the outage",
          () -> {
            assertThat(client.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            return System.nanoTime() >= back;
          });
      redis.start();
      checkEnd(client);
    }
  }

  private JobClient start(EmbeddedFlink flink, Configuration configuration) throws Exception {
    SourceOptions options = SourceOptions.defaults().withClock(new TroubledClock());
    return job.define(flink, configuration, options).executeAsync("faults");
  }

  private Configuration configuration() {
    Configuration configuration = deployment.configuration(Duration.ofMillis(300), "hashmap");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return configuration;
  }

  private void checkEnd(JobClient client) throws Exception {
    Map<String, Object> accumulators =
        client
            .getJobExecutionResult()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .getAllAccumulatorResults();
    RetailChecks.accounting(file, accumulators);
    RetailChecks.deadLetters(file, deployment);
    job.customers().check();
    job.products().check();
  }

  private boolean hasProgress() {
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      NativeLayout layout = NativeLayout.of(job.project().name(), job.view(RetailJob.PRODUCTS));
      return reader.watermark(layout).isPresent();
    }
  }

  /** Whether a checkpoint has committed some of the run's rows. */
  private boolean hasRows() throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(
            deployment.catalog(), job.project().name(), job.view(RetailJob.PRODUCTS))) {
      return !table.snapshot().dataFiles().isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
