// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Verification beside a stream that goes on, with many late events. */
class VerifyStreamITCase {
  private static final int CUSTOMERS = 40;
  private static final int LOOKS = 4;

  private final long seed = System.nanoTime();

  @TempDir private Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aStreamThatGoesOnNeverDiffers() throws Exception {
    Path definitions = LetterWorld.project(folder);
    Project project = ProjectLoader.load(definitions);
    AtomicBoolean stopped = new AtomicBoolean();
    try (LetterWorld world = new LetterWorld();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(1);
        RunningPipeline pipeline = world.stream(folder, project, redis, flink)) {
      Thread customers = new Thread(() -> buy(world, stopped), "customers");
      customers.start();
      await(pipeline);
      pipeline.checkpoint();
      pipeline.checkpoint();

      long values = 0;
      try {
        for (int look = 0; look < LOOKS; look++) {
          JsonNode view = verify(definitions, world, redis).get("views").get(0);
          values += view.get("table").get("values").longValue();
        }
      } finally {
        stopped.set(true);
        customers.join();
      }
      pipeline.checkpoint();
      pipeline.checkpoint();
      JsonNode view = verify(definitions, world, redis).get("views").get(0);

      assertThat(values).as("seed %d", seed).isPositive();
      assertThat(view.get("entities").intValue()).isEqualTo(CUSTOMERS);
      assertThat(view.get("online").get("entities").intValue()).isEqualTo(CUSTOMERS);
      assertThat(view.get("online").get("entities_behind").intValue()).isZero();
    }
  }

  /** Until it has applied some. */
  private static void await(RunningPipeline pipeline) {
    Await.until(
        () -> "%d events are not applied yet".formatted(CUSTOMERS),
        () -> pipeline.accounting().get(0).count(Verdict.APPLIED) >= CUSTOMERS);
  }

  /** Orders of now, many of them late, some of them twice. */
  private void buy(LetterWorld world, AtomicBoolean stopped) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; !stopped.get(); i++) {
      long age = random.nextInt(3) == 0 ? random.nextLong(60_000) : random.nextLong(500);
      String customer = "c" + random.nextInt(CUSTOMERS);
      String order = LetterWorld.order("o" + i, customer, Instant.now().toEpochMilli() - age);
      world.send(random.nextInt(LetterWorld.PARTITIONS), order);
      if (random.nextInt(20) == 0) {
        world.send(random.nextInt(LetterWorld.PARTITIONS), order);
      }
      try {
        // A few hundred a second.
        TimeUnit.MILLISECONDS.sleep(3);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private JsonNode verify(Path definitions, LetterWorld world, EmbeddedRedis redis)
      throws Exception {
    Command verify =
        Command.run(
            "verify",
            "--definitions",
            definitions,
            "--kafka",
            world.bootstrap(),
            "--redis",
            redis.address(),
            "--warehouse",
            folder.resolve("warehouse"),
            "--wait",
            "4s",
            "-o",
            "json");
    assertThat(verify.exitCode()).as("seed %d: %s", seed, verify).isZero();
    return new ObjectMapper().readTree(verify.out());
  }
}
