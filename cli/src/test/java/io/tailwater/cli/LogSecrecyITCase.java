// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a job logs at INFO and above while it refuses events, fails and starts again. */
class LogSecrecyITCase {
  private static final String MARK = "marker-of-a-customer";
  private static final String SECRET = "marker-of-a-secret";

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void noneOfWhatEventsSayAndNoSecret() throws Exception {
    Project project = ProjectLoader.load(LetterWorld.project(folder));
    try (CapturedLog log = new CapturedLog();
        LetterWorld world = new LetterWorld();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(1);
        Jedis jedis = new Jedis("127.0.0.1", redis.port());
        RunningPipeline pipeline =
            world.stream(
                folder, project, redis, flink, Map.of("ssl.truststore.password", SECRET))) {
      long now = Instant.now().toEpochMilli();
      world.event("{" + MARK);
      world.event(LetterWorld.order("o1", MARK, now).replace("10.0", '"' + MARK + '"'));
      world.event(LetterWorld.order(MARK, MARK, now + 9_000_000));
      world.event(LetterWorld.order("o2", MARK, now));
      world.event(LetterWorld.order("o2", MARK, now).replace("10.0", "11.0"));
      await(() -> count(pipeline, Verdict.APPLIED) == 1 && count(pipeline, Verdict.MALFORMED) == 2);

      // The sink cannot write this vector any more, and says so.
      String key = "shop:spending:" + MARK;
      await(() -> jedis.exists(key));
      jedis.del(key);
      jedis.set(key, "another program's");
      world.event(LetterWorld.order("o3", MARK, now + 1));
      await(() -> log.contains("holds a value of another type"));
      jedis.del(key);
      await(() -> jedis.exists(key));

      assertThat(log.events()).hasSizeGreaterThan(100);
      assertThat(log.events())
          .noneMatch(event -> event.contains(MARK))
          .noneMatch(event -> event.contains(SECRET));
    }
  }

  private static long count(RunningPipeline pipeline, Verdict verdict) {
    return pipeline.accounting().get(0).count(verdict);
  }

  private static void await(Await.Condition<Exception> condition) throws Exception {
    Await.until(() -> "the stream has not come so far", condition);
  }
}
