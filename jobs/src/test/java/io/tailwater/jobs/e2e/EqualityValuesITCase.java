// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link EqualityITCase} finds the same everywhere is right: one run of its project leaves
 * what a recomputation of its events gives, every row and every vector to the bit.
 */
class EqualityValuesITCase {
  private static final long SEED = 20_261_125;

  @TempDir private Path directory;

  @Test
  void theProjectHasEveryAggregateAndEveryKindOfWindow() throws Exception {
    Project project = Deployment.project("equality");
    List<WindowedAggregate> aggregates =
        project.views().stream()
            .flatMap(view -> ViewProgram.planOf(view).aggregates().stream())
            .toList();

    assertThat(aggregates)
        .extracting(WindowedAggregate::function)
        .contains(AggregateFunction.values());
    assertThat(aggregates)
        .extracting(aggregate -> (Object) aggregate.window().getClass())
        .contains((Object[]) Window.class.getPermittedSubclasses());
    assertThat(aggregates)
        .extracting(WindowedAggregate::window)
        .anyMatch(window -> window instanceof Window.Sliding sliding && sliding.hopMillis() > 1)
        .anyMatch(window -> window instanceof Window.Sliding sliding && sliding.offsetMillis() > 0);
    assertThat(aggregates).anyMatch(each -> each.byColumn() != WindowedAggregate.NO_COLUMN);
    assertThat(project.views().stream().flatMap(view -> view.features().stream()))
        .anyMatch(DerivedFeature.class::isInstance)
        .anyMatch(each -> each instanceof AggregateFeature own && own.defaultValue() != null);
  }

  @Test
  void bothStoresHoldWhatARecomputationGives() throws Exception {
    check(800);
  }

  @Test
  @Tag("full")
  void bothStoresHoldWhatARecomputationOfManyEventsGives() throws Exception {
    check(4_000);
  }

  private void check(int count) throws Exception {
    Project project = Deployment.project("equality");
    long allowance = project.sources().get(0).watermark().outOfOrdernessMillis();
    List<Line> lines =
        EqualityEvents.shuffled(
            EqualityEvents.twice(EqualityEvents.inOrder(SEED, count)), SEED, allowance);
    long end = EqualityOracle.newest(project.sources(), lines, System.currentTimeMillis());
    try (EmbeddedFlink flink = EmbeddedFlink.create(2);
        EmbeddedRedis redis = EmbeddedRedis.create()) {
      Deployment deployment = new Deployment(redis, directory);
      new EqualityRun(flink, project, deployment, EqualityITCase.files(directory, project, lines))
          .stream();
      for (FeatureView view : project.views()) {
        Map<List<Object>, SortedMap<Long, Object[]>> expected =
            new EqualityOracle(view, lines, end).rows();
        assertThat(expected).hasSizeGreaterThan(5);
        StoredVectors.assertSame(
            view,
            "offline, seed " + SEED,
            StoredVectors.latest(StoredVectors.rows(deployment, project, view)),
            expected);
        StoredVectors.assertSame(
            view, "online, seed " + SEED, online(deployment, project, view), last(expected));
      }
    }
  }

  private static Map<List<Object>, SortedMap<Long, Object[]>> online(
      Deployment deployment, Project project, FeatureView view) {
    Map<List<Object>, SortedMap<Long, Object[]>> vectors = new HashMap<>();
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      reader.scan(
          NativeLayout.of(project.name(), view),
          vector -> vectors.put(List.of(vector.key()), atTheEnd(vector.values())));
    }
    return vectors;
  }

  private static Map<List<Object>, SortedMap<Long, Object[]>> last(
      Map<List<Object>, SortedMap<Long, Object[]>> rows) {
    Map<List<Object>, SortedMap<Long, Object[]>> last = new HashMap<>();
    rows.forEach((key, own) -> last.put(key, atTheEnd(own.get(own.lastKey()))));
    return last;
  }

  private static SortedMap<Long, Object[]> atTheEnd(Object[] vector) {
    return new TreeMap<>(Map.of(Long.MAX_VALUE, vector));
  }
}
