// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** What an operator has emitted, in order. */
final class RecordedOutput implements Output<StreamRecord<OnlineVector>> {
  final List<OnlineVector> online = new ArrayList<>();
  final List<OfflineRow> offline = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final List<Long> watermarks = new ArrayList<>();

  @Override
  public void collect(StreamRecord<OnlineVector> vector) {
    online.add(vector.getValue());
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> element) {
    if (element.getValue() instanceof OfflineRow row) {
      offline.add(row);
    } else {
      deadLetters.add((DeadLetter) element.getValue());
    }
  }

  @Override
  public void emitWatermark(Watermark mark) {
    watermarks.add(mark.getTimestamp());
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {
    // No test looks at it.
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {
    // No test looks at it.
  }

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {
    // No test looks at it.
  }

  @Override
  public void emitWatermark(WatermarkEvent event) {
    // No test looks at it.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
