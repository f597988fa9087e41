// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Puts all that arrives into a {@link Recording} and passes it on. */
final class RecordingOperator extends AbstractStreamOperator<SourceEvent>
    implements OneInputStreamOperator<SourceEvent, SourceEvent> {
  private static final long serialVersionUID = 1L;

  private final String name;

  RecordingOperator(String name) {
    this.name = name;
  }

  @Override
  public void processElement(StreamRecord<SourceEvent> element) {
    Recording.of(name).event(element.getValue());
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    Recording.of(name).watermark(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
