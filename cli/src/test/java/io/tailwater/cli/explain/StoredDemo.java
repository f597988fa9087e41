// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.cli.demo.DemoWorld;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that both stores of a demo hold, read once for many questions. */
final class StoredDemo {
  private final Map<FeatureView, Map<List<Object>, List<OfflineRow>>> rows = new HashMap<>();
  private final Map<FeatureView, Map<List<Object>, OnlineVector>> vectors = new HashMap<>();
  private final Map<String, Long> watermarks = new HashMap<>();

  private StoredDemo() {}

  static StoredDemo read(DemoWorld demo) throws IOException {
    StoredDemo stored = new StoredDemo();
    for (FeatureView view : demo.project().views()) {
      stored.readVectors(demo, view);
      stored.readRows(demo, view);
    }
    return stored;
  }

  TableContents table(FeatureView view, List<Object> key) {
    List<OfflineRow> own = rows.get(view).getOrDefault(key, List.of());
    return new TableContents(Map.of(view.name(), own), watermarks, null);
  }

  OnlineContents online(FeatureView view, List<Object> key) {
    OnlineVector vector = vectors.get(view).get(key);
    return new OnlineContents(
        vector == null ? Map.of() : Map.of(view.name(), vector), Map.of(), null);
  }

  /** The newest as-of of all vectors. */
  long newestVector() {
    return vectors.values().stream()
        .flatMap(ofView -> ofView.values().stream())
        .mapToLong(OnlineVector::eventTimestamp)
        .max()
        .orElseThrow();
  }

  private void readVectors(DemoWorld demo, FeatureView view) {
    RedisOptions redis =
        RedisOptions.of(demo.settings().redis().host(), demo.settings().redis().port());
    Map<List<Object>, OnlineVector> ofView = new HashMap<>();
    try (RedisReader reader = new RedisReader(redis)) {
      reader.scan(
          NativeLayout.of(demo.project().name(), view),
          vector -> ofView.put(Arrays.asList(vector.key()), vector));
    }
    vectors.put(view, ofView);
  }

  private void readRows(DemoWorld demo, FeatureView view) throws IOException {
    Map<List<Object>, List<OfflineRow>> ofView = new HashMap<>();
    try (OfflineTableReader reader =
        OfflineTableReader.open(
            IcebergCatalogs.loader(demo.settings().warehouse(), Map.of()),
            demo.project().name(),
            view)) {
      watermarks.put(view.name(), reader.snapshot().watermark());
      reader.forEach(
          row ->
              ofView.computeIfAbsent(Arrays.asList(row.key()), key -> new ArrayList<>()).add(row));
    }
    rows.put(view, ofView);
  }
}
