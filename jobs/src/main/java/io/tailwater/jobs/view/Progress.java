// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * How far a view has come: its watermark and its generation, both in the checkpoint, since Flink
 * keeps no watermarks and a restored job must judge lateness as the one before it did.
 *
 * <p>State layout: operator union list state {@code progress-v1}, {watermark, generation} of each
 * subtask. The greatest watermark counts: what it has finished is finished.
 */
final class Progress {
  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>(
          "progress-v1", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final ListState<long[]> state;
  private final long endInstant;
  private final long generation;
  private long watermark = Long.MIN_VALUE;

  Progress(OperatorStateStore store, WindowSettings settings) throws Exception {
    state = store.getUnionListState(STATE);
    endInstant = settings.endInstant();
    long restoredGeneration = settings.generation();
    for (long[] restored : state.get()) {
      watermark = Math.max(watermark, restored[0]);
      restoredGeneration = restored[1];
    }
    generation = restoredGeneration;
  }

  /** A watermark has come. The one of the end of input means the end instant, or no progress. */
  void advance(long mark) {
    if (mark == Long.MAX_VALUE) {
      if (endInstant != WindowSettings.UNBOUNDED) {
        watermark = Math.max(watermark, endInstant);
      }
    } else {
      watermark = Math.max(watermark, Math.min(mark, endInstant));
    }
  }

  /** Up to where time has passed. */
  long watermark() {
    return watermark;
  }

  long generation() {
    return generation;
  }

  void snapshot() throws Exception {
    state.update(List.of(new long[] {watermark, generation}));
  }
}
