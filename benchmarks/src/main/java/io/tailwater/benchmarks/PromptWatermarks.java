// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks every few events. In a race a month goes by in a second: watermarks every 200 ms, days
 * apart, would leave hardly an event behind them, however late it is.
 */
final class PromptWatermarks implements WatermarkGenerator<Long> {
  private static final int EVERY = 8;

  private final long outOfOrderness;
  private long newest = Long.MIN_VALUE;
  private int events;

  PromptWatermarks(Duration outOfOrderness) {
    this.outOfOrderness = outOfOrderness.toMillis();
  }

  @Override
  public void onEvent(Long event, long timestamp, WatermarkOutput output) {
    newest = Math.max(newest, timestamp);
    events++;
    if (events % EVERY == 0) {
      output.emitWatermark(new Watermark(newest - outOfOrderness - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
