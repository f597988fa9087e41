// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * How far the job has come in each store: the least watermark of all views, in milliseconds; {@link
 * Long#MIN_VALUE} as long as one of them has none. For one thread.
 */
final class Watermarks implements AutoCloseable {
  /** A watermark a little old is still true, and Redis has more to do than to be asked. */
  private static final long RECENT_MILLIS = 50;

  private final Project project;
  private final RedisReader redis;
  private final CatalogLoader catalog;
  private final Clock clock;
  private final List<NativeLayout> layouts;
  private long online = Long.MIN_VALUE;
  private long onlineAt;

  Watermarks(Project project, RedisOptions redis, CatalogLoader catalog, Clock clock) {
    this.project = project;
    this.redis = new RedisReader(redis);
    this.catalog = catalog;
    this.clock = clock;
    this.layouts =
        project.views().stream().map(view -> NativeLayout.of(project.name(), view)).toList();
  }

  /** In Redis. */
  long online() {
    if (clock.millis() - onlineAt >= RECENT_MILLIS) {
      online =
          layouts.stream()
              .mapToLong(layout -> redis.watermark(layout).orElse(Long.MIN_VALUE))
              .min()
              .orElseThrow();
      onlineAt = clock.millis();
    }
    return online;
  }

  /** In Iceberg. */
  long offline() {
    return project.views().stream().mapToLong(this::offline).min().orElseThrow();
  }

  private long offline(FeatureView view) {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, project.name(), view)) {
      return StoreContents.watermark(reader.snapshot());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
