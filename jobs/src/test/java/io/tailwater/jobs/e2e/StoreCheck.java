// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Compares both stores of a view with a recomputation.
 *
 * @param purchases each entity's events that count, by key
 */
record StoreCheck(
    Deployment deployment,
    Project project,
    FeatureView view,
    NaiveView naive,
    Map<Object, List<Purchase>> purchases) {

  /** What was compared. */
  record Report(long rows, long keys) {}

  /** Fails on any difference. */
  Report check() throws IOException {
    return check(UnaryOperator.identity());
  }

  /** Fails on any difference where of corrected rows only the latest counts. */
  Report checkLatest() throws IOException {
    return check(StoredRows::latest);
  }

  private Report check(UnaryOperator<List<StepRow>> counting) throws IOException {
    Map<Object, List<StepRow>> rows = StoredRows.read(deployment.catalog(), project, view);
    Map<Object, OnlineVector> vectors = vectors();
    Differences offline = new Differences();
    Differences online = new Differences();
    Set<Object> keys = new TreeSet<>(purchases.keySet());
    keys.addAll(rows.keySet());
    keys.addAll(vectors.keySet());
    for (Object key : keys) {
      List<Purchase> own = purchases.getOrDefault(key, List.of());
      OnlineVector vector = vectors.get(key);
      if (own.isEmpty() || vector == null) {
        online.add("%s: %d events, vector %s".formatted(key, own.size(), vector));
        continue;
      }
      NaiveView.Entity expected = naive.recompute(own);
      offline.compareRows(key, counting.apply(rows.getOrDefault(key, List.of())), expected.rows());
      compare(key, vector, expected, online);
    }
    offline.assertNone("the offline table of " + view.name());
    online.assertNone("the online store of " + view.name());
    return new Report(offline.compared(), keys.size());
  }

  private static void compare(
      Object key, OnlineVector vector, NaiveView.Entity expected, Differences differences) {
    StepRow stored = new StepRow(vector.eventTimestamp(), 0, StepRow.bits(vector.values()));
    differences.compare(key, stored, expected.online());
    differences.compare("valid_until", key, vector.validUntil(), expected.validUntil());
    if (vector.eventCount() < expected.leastEventCount()
        || vector.eventCount() > expected.mostEventCount()) {
      differences.add("%s: found %s, expected %s".formatted(key, vector, expected));
    }
  }

  private Map<Object, OnlineVector> vectors() {
    Map<Object, OnlineVector> vectors = new HashMap<>();
    try (RedisReader reader = new RedisReader(deployment.redisOptions())) {
      reader.scan(
          NativeLayout.of(project.name(), view), vector -> vectors.put(vector.key()[0], vector));
    }
    return vectors;
  }
}
