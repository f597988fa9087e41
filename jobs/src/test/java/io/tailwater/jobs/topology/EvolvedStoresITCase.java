// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.source.Savepoints;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream over real stores that goes on from a savepoint with other definitions: what is in Redis
 * afterwards, under the new names, and what it refuses before it starts.
 */
class EvolvedStoresITCase extends KafkaOnFlink {
  private static final int EVENTS = 6_000;
  private static final int CUSTOMERS = 50;

  @TempDir Path directory;

  @Test
  void redisHoldsTheVectorsOfTheNewDefinitions() throws Exception {
    EvolvedShop shop = new EvolvedShop(topic);
    EvolvedEvents events = new EvolvedEvents(7, NOW, EVENTS, CUSTOMERS);
    events.sendFirst(kafka, shop);
    try (EmbeddedRedis redis = EmbeddedRedis.create();
        RedisReader reader = new RedisReader(RedisOptions.of(redis.host(), redis.port()))) {
      Project before = shop.before();
      String savepoint = run(before, redis, reader, null, Long.MIN_VALUE);
      // The stream stops amid its topics: a view that begins then sees the others.
      events.sendOthers(kafka, shop);
      Project after = shop.after();
      SavedStream end = SavedStream.read(run(after, redis, reader, savepoint, events.end()));

      for (FeatureView view : after.views()) {
        NativeLayout layout = NativeLayout.of(after.name(), view);
        check(
            view,
            events,
            vectors(reader, layout),
            end.views().get(view.name()).completeFrom(),
            reader.watermark(layout).getAsLong());
      }
      assertRefused(shop.otherKeys(), redis, savepoint);
    }
  }

  private void assertRefused(Project project, EmbeddedRedis redis, String savepoint) {
    assertThatThrownBy(() -> start(project, redis, savepoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--from-savepoint " + savepoint)
        .hasMessageContaining("adds: the join keys are");
  }

  private JobClient start(Project project, EmbeddedRedis redis, String savepoint) throws Exception {
    Configuration configuration =
        PipelineConfiguration.stream(
            directory.resolve("checkpoints").toUri().toString(), Duration.ofMillis(500), "hashmap");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(2);
    Settings settings =
        Settings.DEFAULT
            .withRedis(RedisSettings.of(redis.address()))
            .withWarehouse(directory.resolve("warehouse").toString())
            .withKafka(new KafkaSettings(kafka.bootstrap(), Map.of()));
    new StreamJob(
            project,
            settings,
            Map.of(),
            SourceOptions.defaults().withClock(clock),
            StreamStart.DEFAULT)
        .define(env);
    return env.executeAsync(topic);
  }

  /** Runs until all views have come to an instant, and stops with a savepoint. */
  private String run(
      Project project, EmbeddedRedis redis, RedisReader reader, String from, long until)
      throws Exception {
    JobClient client = start(project, redis, from);
    for (FeatureView view : project.views()) {
      NativeLayout layout = NativeLayout.of(project.name(), view);
      Await.until(
          () -> "%s: %s, expected %d".formatted(view.name(), reader.watermark(layout), until),
          () -> reader.watermark(layout).orElse(Long.MIN_VALUE) > until);
    }
    return Savepoints.stop(client, directory.resolve("savepoints"));
  }

  private static Map<Long, OnlineVector> vectors(RedisReader reader, NativeLayout layout) {
    Map<Long, OnlineVector> vectors = new HashMap<>();
    reader.scan(layout, vector -> vectors.put((Long) vector.key()[0], vector));
    return vectors;
  }

  private static void check(
      FeatureView view,
      EvolvedEvents events,
      Map<Long, OnlineVector> vectors,
      Map<String, Long> completeFrom,
      long watermark) {
    ViewProgram program = ViewProgram.compile(view);
    List<String> names = view.storedFeatures().stream().map(Feature::name).toList();
    int compared = 0;
    for (Map.Entry<Long, List<NaiveEvent>> taken : events.of(view, program).entrySet()) {
      NaiveViews naive = new NaiveViews(program.plan(), taken.getValue());
      Object[] expected = program.features(naive.at(watermark));
      OnlineVector vector = vectors.get(taken.getKey());
      for (int i = 0; i < expected.length; i++) {
        long complete = completeFrom.get(names.get(i));
        // What is not known yet of an entity is not in the store either.
        assertThat(vector != null || complete != Completeness.ALWAYS)
            .as("view %s has customer %d", view.name(), taken.getKey())
            .isTrue();
        if (watermark >= complete && vector != null) {
          compared++;
          assertThat(vector.values()[i])
              .as("view %s, %s of customer %d", view.name(), names.get(i), taken.getKey())
              .isEqualTo(expected[i]);
        }
      }
    }
    assertThat(vectors).as("vectors of view %s", view.name()).isNotEmpty();
    assertThat(compared > 0 || completeFrom.values().stream().allMatch(from -> from > watermark))
        .as("values of view %s are compared", view.name())
        .isTrue();
  }
}
