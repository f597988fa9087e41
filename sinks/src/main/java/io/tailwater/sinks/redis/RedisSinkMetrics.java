// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import io.tailwater.stores.redis.RedisWriterListener;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of a Redis sink's writer:
 *
 * <ul>
 *   <li>{@code numRecordsSend}: vectors stored
 *   <li>{@code redis.stale}: vectors that the fence refused, since a newer one was stored
 *   <li>{@code redis.coalesced}: vectors replaced by a later one of their entity before they were
 *       sent
 *   <li>{@code redis.retries}: failures after which commands were repeated
 *   <li>{@code redis.batchMicros}: histogram of the last 1,024 batches' times from sending to
 *       acknowledgement, retries included, in microseconds
 *   <li>{@code currentSendTime}: that of the last batch, in milliseconds
 * </ul>
 */
final class RedisSinkMetrics implements RedisWriterListener {
  private static final int HISTOGRAM_BATCHES = 1024;

  private final Counter written;
  private final Counter stale;
  private final Counter coalesced;
  private final Counter retries;
  private final Histogram batchMicros;
  private volatile long lastBatchNanos; // read by reporters

  RedisSinkMetrics(SinkWriterMetricGroup group) {
    this.written = group.getNumRecordsSendCounter();
    MetricGroup redis = group.addGroup("redis");
    this.stale = redis.counter("stale");
    this.coalesced = redis.counter("coalesced");
    this.retries = redis.counter("retries");
    this.batchMicros =
        redis.histogram("batchMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_BATCHES));
    group.setCurrentSendTimeGauge(() -> TimeUnit.NANOSECONDS.toMillis(lastBatchNanos));
  }

  @Override
  public void batchWritten(int newlyWritten, int newlyStale, long nanos) {
    written.inc(newlyWritten);
    stale.inc(newlyStale);
    batchMicros.update(TimeUnit.NANOSECONDS.toMicros(nanos));
    lastBatchNanos = nanos;
  }

  @Override
  public void coalesced() {
    coalesced.inc();
  }

  @Override
  public void retrying(Exception cause) {
    retries.inc();
  }
}
