// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.recompute.Horizon;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the stores hold of a view, and how far its job had come.
 *
 * @param online by key
 * @param offline by key
 */
record StoreContents(
    Map<List<Object>, OnlineVector> online,
    Map<List<Object>, List<OfflineRow>> offline,
    Horizon onlineHorizon,
    Horizon offlineHorizon) {

  /**
   * Reads both stores. The job may go on meanwhile, which is what the horizons are for.
   *
   * @param complete up to this instant, in milliseconds, both hold all there is; perhaps further
   */
  static StoreContents read(DemoStage stage, FeatureView view, long complete) {
    Map<List<Object>, OnlineVector> online = new HashMap<>();
    String project = stage.project().name();
    NativeLayout layout = NativeLayout.of(project, view);
    long onlineWatermark;
    try (RedisReader reader = new RedisReader(stage.redis())) {
      onlineWatermark = Math.max(complete, reader.watermark(layout).orElse(complete));
      reader.scan(layout, vector -> online.put(Arrays.asList(vector.key()), vector));
    }
    Horizon onlineHorizon = new Horizon(onlineWatermark, stage.clock().millis());
    Map<List<Object>, List<OfflineRow>> offline = new HashMap<>();
    long offlineWatermark;
    try (OfflineTableReader reader = OfflineTableReader.open(stage.catalog(), project, view)) {
      Long committed = reader.snapshot().watermark();
      offlineWatermark = committed == null ? complete : Math.max(complete, committed);
      reader.forEach(
          row ->
              offline.computeIfAbsent(Arrays.asList(row.key()), key -> new ArrayList<>()).add(row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Horizon offlineHorizon = new Horizon(offlineWatermark, stage.clock().millis());
    return new StoreContents(online, offline, onlineHorizon, offlineHorizon);
  }
}
