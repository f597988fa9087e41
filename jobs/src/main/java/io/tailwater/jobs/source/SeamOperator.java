// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Where a source's history (first input) and its topic (second input) become one stream. Events of
 * both go on as they come; history's are marked. Progress is the topic's, and none before history
 * has ended: so nothing is late, whatever the order in which history is read.
 *
 * <p>No state: a history that had ended ends again after a restore.
 */
final class SeamOperator extends AbstractStreamOperator<SourceEvent>
    implements TwoInputStreamOperator<SourceEvent, SourceEvent, SourceEvent> {
  private static final long serialVersionUID = 1L;

  private static final int TOPIC = 1;

  private boolean historyEnded;
  private boolean topicIdle;
  private long watermark = PartitionProgress.NONE;

  @Override
  public void processElement1(StreamRecord<SourceEvent> element) {
    output.collect(element.replace(element.getValue().asHistory()));
  }

  @Override
  public void processElement2(StreamRecord<SourceEvent> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark1(Watermark mark) {
    if (mark.equals(Watermark.MAX_WATERMARK) && !historyEnded) {
      historyEnded = true;
      if (watermark != PartitionProgress.NONE) {
        output.emitWatermark(new Watermark(watermark));
      }
      if (topicIdle) {
        output.emitWatermarkStatus(WatermarkStatus.IDLE);
      }
    }
  }

  @Override
  public void processWatermark2(Watermark mark) {
    watermark = mark.getTimestamp();
    if (historyEnded) {
      output.emitWatermark(mark);
    }
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {
    if (input == TOPIC) {
      topicIdle = status.isIdle();
      if (historyEnded) {
        output.emitWatermarkStatus(status);
      }
    }
  }
}
