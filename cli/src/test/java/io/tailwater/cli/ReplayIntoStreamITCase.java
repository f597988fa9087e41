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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a replay does to the features of a stream that goes on. */
@Tag("full")
class ReplayIntoStreamITCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void eventsOfTheFutureCountOnceWhenTheirTimeHasCome() throws Exception {
    Path definitions = LetterWorld.project(folder);
    Project project = ProjectLoader.load(definitions);
    try (LetterWorld world = new LetterWorld();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(1);
        RunningPipeline pipeline = world.stream(folder, project, redis, flink)) {
      long now = Instant.now().toEpochMilli();
      world.event(LetterWorld.order("a", "c", now - 10_000));
      world.event(LetterWorld.order("b", "c", now - 9_000));
      world.event(LetterWorld.order("c", "c", now + 6_000));
      world.event(LetterWorld.order("d", "c", now + 6_500));
      await(() -> count(pipeline, Verdict.FUTURE) == 2 && count(pipeline, Verdict.APPLIED) == 2);

      // Not before the clock has come close to them.
      long[] replayed = {0};
      await(() -> (replayed[0] += replay(definitions, world).get("replayed").size()) >= 1);
      await(
          () -> replay(definitions, world).path("already_replayed").path("FUTURE").intValue() == 2);
      await(() -> count(pipeline, Verdict.APPLIED) == 4);
      replay(definitions, world);
      world.event(LetterWorld.order("e", "c", now - 8_000));
      await(() -> count(pipeline, Verdict.APPLIED) == 5);

      assertThat(count(pipeline, Verdict.DUPLICATE)).isZero();
      assertThat(pipeline.accounting().get(0).read()).isEqualTo(7);
      await(() -> spent(definitions, redis).equals("5 50.0"));
    }
  }

  private static long count(RunningPipeline pipeline, Verdict verdict) {
    return pipeline.accounting().get(0).counts().get(verdict);
  }

  private static JsonNode replay(Path definitions, LetterWorld world) throws Exception {
    Command replay =
        Command.run(
            "dead-letters",
            "replay",
            "--definitions",
            definitions,
            "--kafka",
            world.bootstrap(),
            "-o",
            "json");
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    return JSON.readTree(replay.out()).get("letters");
  }

  private static String spent(Path definitions, EmbeddedRedis redis) throws Exception {
    Command get =
        Command.run(
            "online",
            "get",
            "spending",
            "--entity",
            "customer_id=c",
            "--definitions",
            definitions,
            "--redis",
            redis.address(),
            "-o",
            "json");
    JsonNode features = JSON.readTree(get.out()).get(0).get("features");
    return "%s %s".formatted(features.get("orders_7d"), features.get("spent_7d"));
  }

  private static void await(Await.Condition<Exception> condition) throws Exception {
    Await.until(() -> "the stream has not come so far", condition);
  }
}
