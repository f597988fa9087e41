// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.stores.OnlineVector;
import java.util.Arrays;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Of each entity's vectors the last one that is as of no later instant than a given one. Expects
 * them as the windows give them in batch mode: entity by entity, each in the order of time.
 */
final class LastVectors extends AbstractStreamOperator<OnlineVector>
    implements OneInputStreamOperator<OnlineVector, OnlineVector>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final long lastInstant;
  private transient @Nullable OnlineVector last;

  LastVectors(long lastInstant) {
    this.lastInstant = lastInstant;
  }

  @Override
  public void processElement(StreamRecord<OnlineVector> element) {
    OnlineVector vector = element.getValue();
    if (vector.eventTimestamp() > lastInstant) {
      return;
    }
    if (last != null && !Arrays.equals(last.key(), vector.key())) {
      give(last);
    }
    last = vector;
  }

  @Override
  public void endInput() {
    if (last != null) {
      give(last);
      last = null;
    }
  }

  private void give(OnlineVector vector) {
    output.collect(new StreamRecord<>(vector, vector.eventTimestamp()));
  }
}
