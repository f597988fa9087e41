// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * What stands behind a source in batch mode in the place of {@link ProgressOperator}: events with
 * their times, and nothing of progress. Batch mode sorts by time, and fails on idleness.
 */
final class TimedEvents extends AbstractStreamOperator<SourceEvent>
    implements OneInputStreamOperator<SourceElement, SourceEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(StreamRecord<SourceElement> element) {
    SourceEvent event = element.getValue().event();
    if (event != null) {
      output.collect(
          event.row() == null
              ? new StreamRecord<>(event)
              : new StreamRecord<>(event, event.eventTime()));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      super.processWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // No progress, no idleness.
  }
}
