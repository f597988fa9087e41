// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class PaceGeneratorTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long MAX_AHEAD = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Told told = new Told();
  private final org.apache.flink.util.clock.ManualClock activity =
      new org.apache.flink.util.clock.ManualClock();
  private final PaceGenerator pace =
      new PaceGenerator(
          new WatermarkPolicy(5_000, 30_000, 0, MAX_AHEAD), () -> NOW, activity, PATIENCE);

  @Test
  void tellsTheNewestEvent() {
    read(NOW - 10);
    read(NOW - 20);

    assertThat(periodic()).isEqualTo(NOW - 10);
  }

  @Test
  void tellsNothingOfWhatIsFromTheFutureOrNoEvent() {
    read(NOW - 10);
    read(NOW + MAX_AHEAD + 1);
    pace.onEvent(SourceElement.caughtUp(0, NOW), 0, told);

    assertThat(periodic()).isEqualTo(NOW - 10);
  }

  @Test
  void isSilentBeforeTheFirstEvent() {
    pace.onPeriodicEmit(told);

    assertThat(told.watermark).isEqualTo(Long.MIN_VALUE);
    assertThat(told.idle).isFalse();
  }

  @Test
  void isIdleWhenPatienceIsOverAndActiveWithTheNextEvent() {
    read(NOW - 10);
    activity.advanceTime(PATIENCE.minusNanos(1));
    pace.onPeriodicEmit(told);
    assertThat(told.idle).isFalse();
    activity.advanceTime(Duration.ofNanos(1));
    pace.onPeriodicEmit(told);
    assertThat(told.idle).isTrue();

    read(NOW - 5);
    assertThat(periodic()).isEqualTo(NOW - 5);
    assertThat(told.idle).isFalse();
  }

  @Test
  void staysIdleThroughFactsAndTheFuture() {
    activity.advanceTime(PATIENCE);
    read(NOW + MAX_AHEAD + 1);
    pace.onEvent(SourceElement.caughtUp(0, NOW), 0, told);
    pace.onPeriodicEmit(told);

    assertThat(told.idle).isTrue();
  }

  private long periodic() {
    pace.onPeriodicEmit(told);
    return told.watermark;
  }

  private void read(long eventTime) {
    SourceEvent event =
        new SourceEvent(new Object[0], eventTime, new byte[0], null, null, "p", null, null);
    pace.onEvent(SourceElement.event(0, 0, event), eventTime, told);
  }

  private static final class Told implements WatermarkOutput {
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark mark) {
      watermark = mark.getTimestamp();
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}
