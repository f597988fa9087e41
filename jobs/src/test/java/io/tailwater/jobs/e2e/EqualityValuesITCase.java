// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link EqualityITCase} finds the same everywhere is right: one run of its project leaves
 * what a recomputation of its events gives, every row and every vector to the bit.
 */
class EqualityValuesITCase {
  private static final long SEED = 20_261_125;
  private static final int SHOWN = 5;

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
        compare(view, "offline", offline(deployment, project, view), expected);
        compare(view, "online", online(deployment, project, view), last(expected));
      }
    }
  }

  /** Of the rows of one instant the latest created one counts. */
  private static Map<List<Object>, SortedMap<Long, Object[]>> offline(
      Deployment deployment, Project project, FeatureView view) throws Exception {
    Map<List<Object>, SortedMap<Long, OfflineRow>> rows = new HashMap<>();
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      table.forEach(
          row ->
              rows.computeIfAbsent(List.of(row.key()), key -> new TreeMap<>())
                  .merge(
                      row.eventTimestamp(),
                      row,
                      (one, other) ->
                          one.createdTimestamp() > other.createdTimestamp() ? one : other));
    }
    Map<List<Object>, SortedMap<Long, Object[]>> values = new HashMap<>();
    rows.forEach(
        (key, own) -> {
          SortedMap<Long, Object[]> latest = new TreeMap<>();
          own.forEach((instant, row) -> latest.put(instant, row.values()));
          values.put(key, latest);
        });
    return values;
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

  private static void compare(
      FeatureView view,
      String store,
      Map<List<Object>, SortedMap<Long, Object[]>> found,
      Map<List<Object>, SortedMap<Long, Object[]>> expected) {
    assertThat(found.keySet()).as("%s, %s", view.name(), store).isEqualTo(expected.keySet());
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, rows) ->
            Stream.concat(rows.keySet().stream(), found.get(key).keySet().stream())
                .distinct()
                .forEach(
                    instant -> {
                      Object[] right = rows.get(instant);
                      Object[] there = found.get(key).get(instant);
                      if (right == null || there == null || !NaiveViews.sameBits(there, right)) {
                        differences.add(text(view, key, instant, there, right));
                      }
                    }));
    assertThat(differences.stream().limit(SHOWN))
        .as("%s, %s, seed %d: %d differences", view.name(), store, SEED, differences.size())
        .isEmpty();
  }

  /** What differs, feature by feature. */
  private static String text(
      FeatureView view, List<Object> key, long instant, Object[] found, Object[] expected) {
    if (found == null || expected == null) {
      return "%s at %d: found %s, expected %s"
          .formatted(key, instant, Arrays.toString(found), Arrays.toString(expected));
    }
    StringBuilder text = new StringBuilder("%s at %d:".formatted(key, instant));
    for (int i = 0; i < expected.length; i++) {
      Object[] one = {found[i]};
      Object[] other = {expected[i]};
      if (!NaiveViews.sameBits(one, other)) {
        String feature = view.features().get(i).name();
        text.append(" %s is %s, not %s;".formatted(feature, found[i], expected[i]));
      }
    }
    return text.toString();
  }
}
