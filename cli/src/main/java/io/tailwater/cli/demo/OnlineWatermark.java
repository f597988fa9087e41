// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.time.Clock;
import java.util.List;

/**
 * How far the job says in Redis that it has come: the least watermark of all views. For one thread.
 */
final class OnlineWatermark implements AutoCloseable {
  /** A watermark a little old is still true, and Redis has more to do than to be asked. */
  private static final long RECENT_MILLIS = 50;

  private final RedisReader redis;
  private final Clock clock;
  private final List<NativeLayout> layouts;
  private long online = Long.MIN_VALUE;
  private long onlineAt;

  OnlineWatermark(Project project, RedisOptions redis, Clock clock) {
    this.redis = new RedisReader(redis);
    this.clock = clock;
    this.layouts =
        project.views().stream().map(view -> NativeLayout.of(project.name(), view)).toList();
  }

  /** In milliseconds; {@link Long#MIN_VALUE} as long as one of the views has none. */
  long get() {
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

  @Override
  public void close() {
    redis.close();
  }
}
