// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ProgressOperatorTest {
  private static final long NOW = 1_000_000;
  private static final SourceEvent EVENT =
      new SourceEvent(new Object[0], 5_000, new byte[0], null, null, "p", null, null);
  private static final SourceEvent REFUSED =
      new SourceEvent(null, 0, null, "UNDECODABLE", "why", "p", null, null);

  @Test
  void stripsFactsAndStampsEventsBeforeTheirWatermark() throws Exception {
    try (var harness = harness(0)) {
      send(harness, SourceElement.partitionAdded(0, 0), SourceElement.assignmentKnown());
      send(harness, SourceElement.event(0, 1, EVENT), SourceElement.event(0, 2, REFUSED));

      // The harness copies arrays: events are told by what they hold.
      assertThat(List.copyOf(harness.getOutput()))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(
              new StreamRecord<>(EVENT, 5_000), new Watermark(3_999), new StreamRecord<>(REFUSED));
    }
  }

  @Test
  void holdsWatermarksBackForItsInterval() throws Exception {
    try (var harness = harness(200)) {
      send(harness, SourceElement.partitionAdded(0, 0), SourceElement.assignmentKnown());
      send(harness, SourceElement.event(0, 1, EVENT));
      assertThat(harness.getOutput()).hasSize(1);

      harness.setProcessingTime(200);
      assertThat(harness.getOutput()).contains(new Watermark(3_999));
    }
  }

  @Test
  void isIdleWithoutPartitionsAndActiveWithOne() throws Exception {
    try (var harness = harness(0)) {
      send(harness, SourceElement.assignmentKnown(), SourceElement.partitionAdded(0, 0));

      assertThat(List.copyOf(harness.getOutput()))
          .containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }
  }

  @Test
  void ignoresTheSourcesWatermarksButTheLast() throws Exception {
    try (var harness = harness(0)) {
      send(harness, SourceElement.assignmentKnown());
      harness.processWatermark(new Watermark(77));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(List.copyOf(harness.getOutput()))
          .as("a watermark of an idle channel would be ignored")
          .containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE, Watermark.MAX_WATERMARK);
    }
  }

  private static OneInputStreamOperatorTestHarness<SourceElement, SourceEvent> harness(
      long interval) throws Exception {
    WatermarkPolicy policy = new WatermarkPolicy(1_000, 30_000, 0, 0);
    ProgressOperatorFactory factory =
        new ProgressOperatorFactory(policy, () -> NOW, interval, null);
    OneInputStreamOperatorTestHarness<SourceElement, SourceEvent> harness =
        new OneInputStreamOperatorTestHarness<>(factory);
    harness.open();
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<SourceElement, SourceEvent> harness,
      SourceElement... elements)
      throws Exception {
    for (SourceElement element : elements) {
      harness.processElement(new StreamRecord<>(element, 1));
    }
  }
}
