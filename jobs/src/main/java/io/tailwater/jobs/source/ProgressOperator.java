// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.WatermarkPolicy;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Takes the facts out of a source's stream and turns them into watermarks. Stands right behind the
 * source and ignores the source's own watermarks but the last one, which ends a bounded stream.
 *
 * <p>No state: Flink does not checkpoint watermarks, and after a restore the facts come anew.
 */
final class ProgressOperator extends AbstractStreamOperator<SourceEvent>
    implements OneInputStreamOperator<SourceElement, SourceEvent>, ProcessingTimeCallback {
  private static final long serialVersionUID = 1L;

  private final EventClock clock;
  private final long intervalMillis;

  private final transient PartitionProgress progress;
  private long emitted = PartitionProgress.NONE;
  private boolean idle;

  /**
   * @param intervalMillis how often a watermark goes out; 0 for one whenever it advances
   * @param seam see {@link PartitionProgress}
   */
  ProgressOperator(
      StreamOperatorParameters<SourceEvent> parameters,
      WatermarkPolicy policy,
      EventClock clock,
      long intervalMillis,
      KafkaLocation.@Nullable Seam seam) {
    super(parameters);
    this.clock = clock;
    this.intervalMillis = intervalMillis;
    this.progress = new PartitionProgress(policy, seam);
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (intervalMillis > 0) {
      scheduleEmission();
    }
  }

  @Override
  public void processElement(StreamRecord<SourceElement> element) {
    SourceElement value = element.getValue();
    SourceEvent event = value.event();
    if (event == null) {
      acceptFact(value);
    } else {
      progress.read(value.partition(), value.number());
      forward(event, value.partition(), element);
    }
  }

  @Override
  public void onProcessingTime(long time) {
    emitWatermark();
    scheduleEmission();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      // A watermark of an idle channel would be ignored.
      setIdle(false);
      super.processWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // The source's own idea of idleness counts silence only; see PartitionProgress.
  }

  private void forward(SourceEvent event, int partition, StreamRecord<SourceElement> element) {
    boolean refused = event.row() == null;
    StreamRecord<SourceEvent> record = element.replace(event);
    if (refused) {
      record.eraseTimestamp();
    } else {
      record.setTimestamp(event.eventTime());
    }
    output.collect(record);
    if (!refused) {
      progress.event(partition, event.eventTime(), clock.millis());
      if (intervalMillis == 0) {
        emitWatermark();
      }
    }
  }

  private void acceptFact(SourceElement fact) {
    switch (fact.kind()) {
      case PARTITION_ADDED -> progress.added(fact.partition(), fact.number());
      case PARTITION_FINISHED -> progress.finished(fact.partition());
      case CAUGHT_UP -> progress.caughtUp(fact.partition(), fact.number());
      case ASSIGNMENT_KNOWN -> progress.assignmentKnown();
      case EVENT -> throw new IllegalStateException("an event is no fact");
    }
    setIdle(progress.isIdle());
    emitWatermark();
  }

  private void emitWatermark() {
    long watermark = progress.watermark(clock.millis());
    if (watermark > emitted) {
      emitted = watermark;
      output.emitWatermark(new Watermark(watermark));
    }
  }

  private void setIdle(boolean nowIdle) {
    if (nowIdle != idle) {
      idle = nowIdle;
      output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Flink fails the task if a timer fails.
  private void scheduleEmission() {
    getProcessingTimeService()
        .registerTimer(
            getProcessingTimeService().getCurrentProcessingTime() + intervalMillis, this);
  }
}
