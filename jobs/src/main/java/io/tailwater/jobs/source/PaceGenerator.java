// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Tells Flink's watermark alignment how far a partition has come. For that alone: the {@link
 * ProgressOperator} behind the source drops these watermarks and makes those that count.
 *
 * <p>A partition that has brought nothing for a while holds nobody up, since it may be at its end;
 * that it may as well be stalled costs memory here, not correctness. Time in which the partition
 * was not allowed to bring anything (paused, back-pressured) is no silence. An event from beyond
 * {@code max_ahead} tells nothing: it would stop its partition until that time has come.
 */
final class PaceGenerator implements WatermarkGenerator<SourceElement> {
  private final WatermarkPolicy policy;
  private final EventClock clock;
  private final RelativeClock activity;
  private final long patienceNanos;
  private long newest = PartitionProgress.NONE;
  private long lastActive;

  PaceGenerator(
      WatermarkPolicy policy, EventClock clock, RelativeClock activity, Duration patience) {
    this.policy = policy;
    this.clock = clock;
    this.activity = activity;
    this.patienceNanos = patience.toNanos();
    this.lastActive = activity.relativeTimeNanos();
  }

  /** What makes the sources of one group wait for each other. */
  static WatermarkStrategy<SourceElement> strategy(
      EventSource source, SourceOptions options, String group) {
    WatermarkPolicy policy = source.watermark();
    EventClock clock = options.clock();
    Alignment alignment = options.alignment();
    return WatermarkStrategy.<SourceElement>forGenerator(
            context ->
                new PaceGenerator(
                    policy, clock, context.getInputActivityClock(), alignment.patience()))
        .withWatermarkAlignment(group, alignment.maxDrift(), alignment.every());
  }

  @Override
  public void onEvent(SourceElement element, long recordTimestamp, WatermarkOutput output) {
    SourceEvent event = element.event();
    if (event == null || event.row() == null) {
      return;
    }
    long time = event.eventTime();
    if (time <= newest || time <= clock.millis() + policy.maxAheadMillis()) {
      newest = Math.max(newest, time);
      lastActive = activity.relativeTimeNanos();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (activity.relativeTimeNanos() - lastActive >= patienceNanos) {
      output.markIdle();
    } else if (newest != PartitionProgress.NONE) {
      output.emitWatermark(new Watermark(newest));
    }
  }
}
