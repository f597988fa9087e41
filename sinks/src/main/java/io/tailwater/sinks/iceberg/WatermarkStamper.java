// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds the watermark to each checkpoint's committable. It stands behind all writers, and a writer
 * forwards a watermark behind the rows that it closes and before the checkpoint's barrier: so the
 * files of this and earlier checkpoints hold every row up to the watermark.
 */
final class WatermarkStamper<C> extends AbstractStreamOperator<CommittableMessage<Watermarked<C>>>
    implements OneInputStreamOperator<CommittableMessage<C>, CommittableMessage<Watermarked<C>>> {
  private final long endInstant;
  private transient long watermark;
  private transient boolean ended;

  /**
   * @param endInstant what the end of the input means, in milliseconds; {@link Watermarked#NONE}:
   *     the last watermark before it
   */
  WatermarkStamper(long endInstant) {
    this.endInstant = endInstant;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = Watermarked.NONE;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    ended = mark.equals(Watermark.MAX_WATERMARK);
    watermark = ended ? Math.max(watermark, endInstant) : mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<C>> element) {
    output.collect(new StreamRecord<>(stamped(element.getValue())));
  }

  private CommittableMessage<Watermarked<C>> stamped(CommittableMessage<C> message) {
    if (message instanceof CommittableWithLineage<C> lineage) {
      return lineage.map(committable -> new Watermarked<>(watermark, ended, committable));
    }
    if (message instanceof CommittableSummary<C> summary) {
      return summary.map();
    }
    throw new IllegalStateException("Unknown kind of message: " + message);
  }
}
