// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeamOperatorTest {
  private static final SourceEvent EVENT =
      new SourceEvent(new Object[0], 5_000, new byte[0], null, null, "p", null, null);

  private TwoInputStreamOperatorTestHarness<SourceEvent, SourceEvent, SourceEvent> seam;

  @BeforeEach
  void open() throws Exception {
    seam = new TwoInputStreamOperatorTestHarness<>(new SeamOperator());
    seam.open();
  }

  @Test
  void marksWhatIsOfHistory() throws Exception {
    seam.processElement1(new StreamRecord<>(EVENT, 5_000));
    seam.processElement2(new StreamRecord<>(EVENT, 5_000));

    assertThat(List.copyOf(seam.getOutput()))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new StreamRecord<>(EVENT.asHistory(), 5_000), new StreamRecord<>(EVENT, 5_000));
  }

  @Test
  void noTimePassesBeforeHistoryHasEnded() throws Exception {
    seam.processWatermark1(new Watermark(99));
    seam.processWatermark2(new Watermark(7));
    assertThat(seam.getOutput()).isEmpty();

    seam.processWatermark1(Watermark.MAX_WATERMARK);
    seam.processWatermark2(new Watermark(8));

    assertThat(List.copyOf(seam.getOutput())).containsExactly(new Watermark(7), new Watermark(8));
  }

  @Test
  void aTopicWithoutPartitionsHereIsIdleWhenHistoryHasEnded() throws Exception {
    seam.processWatermarkStatus2(WatermarkStatus.IDLE);
    seam.processWatermarkStatus1(WatermarkStatus.IDLE);
    assertThat(seam.getOutput()).isEmpty();

    seam.processWatermark1(Watermark.MAX_WATERMARK);
    seam.processWatermarkStatus2(WatermarkStatus.ACTIVE);
    seam.processWatermark2(new Watermark(8));

    assertThat(List.copyOf(seam.getOutput()))
        .containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE, new Watermark(8));
  }
}
