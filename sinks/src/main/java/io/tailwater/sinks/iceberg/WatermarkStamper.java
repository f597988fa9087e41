// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds the watermark, and the generation of the stream, to each checkpoint's committable. It stands
 * behind all writers, and a writer forwards a watermark behind the rows that it closes and before
 * the checkpoint's barrier: so the files of this and earlier checkpoints hold every row up to the
 * watermark.
 *
 * <p>State layout: operator list state {@code generation-v1}, the start time of the stream that
 * started without state, in milliseconds; nothing of what is no stream.
 */
final class WatermarkStamper<C> extends AbstractStreamOperator<CommittableMessage<Watermarked<C>>>
    implements OneInputStreamOperator<CommittableMessage<C>, CommittableMessage<Watermarked<C>>> {
  private static final long serialVersionUID = 1;
  private static final ListStateDescriptor<Long> GENERATION =
      new ListStateDescriptor<>("generation-v1", LongSerializer.INSTANCE);

  private final long endInstant;
  private final long startGeneration;
  private transient long generation;
  private transient @Nullable ListState<Long> state;
  private transient long watermark;
  private transient boolean ended;

  /**
   * @param endInstant what the end of the input means, in milliseconds; {@link Watermarked#NONE}:
   *     the last watermark before it
   * @param startGeneration of a stream that starts without state, in milliseconds; {@link
   *     Watermarked#NONE} for what is no stream
   */
  WatermarkStamper(long endInstant, long startGeneration) {
    this.endInstant = endInstant;
    this.startGeneration = startGeneration;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    generation = startGeneration;
    if (startGeneration != Watermarked.NONE) {
      state = context.getOperatorStateStore().getListState(GENERATION);
      for (long restored : state.get()) {
        generation = restored;
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (state != null) {
      state.update(List.of(generation));
    }
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
      return lineage.map(
          committable -> new Watermarked<>(watermark, generation, ended, committable));
    }
    if (message instanceof CommittableSummary<C> summary) {
      return summary.map();
    }
    throw new IllegalStateException("Unknown kind of message: " + message);
  }
}
