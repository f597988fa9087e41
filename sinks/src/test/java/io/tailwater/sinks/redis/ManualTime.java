// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Processing time that the test moves. */
final class ManualTime implements ProcessingTimeService {
  private final NavigableMap<Long, ProcessingTimeCallback> timers = new TreeMap<>();
  private long now = 1_000_000;

  @Override
  public long getCurrentProcessingTime() {
    return now;
  }

  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
    timers.merge(timestamp, target, ManualTime::both);
    return new NeverAwaited();
  }

  void advance(long millis) throws Exception {
    long end = now + millis;
    while (!timers.isEmpty() && timers.firstKey() <= end) {
      now = Math.max(now, timers.firstKey());
      timers.pollFirstEntry().getValue().onProcessingTime(now);
    }
    now = end;
  }

  private static ProcessingTimeCallback both(
      ProcessingTimeCallback first, ProcessingTimeCallback second) {
    return time -> {
      first.onProcessingTime(time);
      second.onProcessingTime(time);
    };
  }

  /** What a timer's registration returns; nobody looks at it. */
  private static final class NeverAwaited extends CompletableFuture<Object>
      implements ScheduledFuture<Object> {
    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
