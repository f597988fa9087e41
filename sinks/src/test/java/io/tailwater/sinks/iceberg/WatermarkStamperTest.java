// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WatermarkStamperTest {
  @Test
  void aRestoredStreamKeepsTheGenerationThatItStartedWith() throws Exception {
    OperatorSubtaskState state;
    try (var first = harness(7)) {
      first.open();
      first.processWatermark(new Watermark(100));
      assertThat(stamped(first)).isEqualTo(new Watermarked<>(100, 7, false, "files"));
      state = first.snapshot(1, 1);
    }
    try (var restored = harness(9)) {
      restored.initializeState(state);
      restored.open();
      assertThat(stamped(restored))
          .isEqualTo(new Watermarked<>(Watermarked.NONE, 7, false, "files"));
    }
  }

  @Test
  void whatIsNoStreamHasNoGeneration() throws Exception {
    try (var harness = harness(Watermarked.NONE)) {
      harness.open();
      assertThat(stamped(harness).generation()).isEqualTo(Watermarked.NONE);
    }
  }

  private static Watermarked<String> stamped(
      OneInputStreamOperatorTestHarness<
              CommittableMessage<String>, CommittableMessage<Watermarked<String>>>
          harness)
      throws Exception {
    harness.processElement(new StreamRecord<>(new CommittableWithLineage<>("files", 1L, 0)));
    return ((CommittableWithLineage<Watermarked<String>>)
            harness.extractOutputValues().get(harness.extractOutputValues().size() - 1))
        .getCommittable();
  }

  private static OneInputStreamOperatorTestHarness<
          CommittableMessage<String>, CommittableMessage<Watermarked<String>>>
      harness(long generation) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new WatermarkStamper<String>(Watermarked.NONE, generation));
  }
}
