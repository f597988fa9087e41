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
  private final boolean bounded;
  private final long endInstant;
  private final long generation;
  private long watermark = Long.MIN_VALUE;
  private boolean ended;

  Progress(OperatorStateStore store, WindowSettings settings) throws Exception {
    state = store.getUnionListState(STATE);
    bounded = settings.endInstant() != WindowSettings.UNBOUNDED;
    endInstant = settings.endInstant();
    long restoredGeneration = settings.generation();
    for (long[] restored : state.get()) {
      watermark = Math.max(watermark, restored[0]);
      restoredGeneration = restored[1];
    }
    generation = restoredGeneration;
  }

  /** A watermark has come. The one of the end of input is no progress by itself. */
  void advance(long mark) {
    if (mark == Long.MAX_VALUE) {
      ended = true;
    } else {
      watermark = Math.max(watermark, Math.min(mark, endInstant));
    }
  }

  /** The instant that a bounded run ends at; in an unbounded one, how far it has come. */
  long endInstant() {
    return bounded ? endInstant : watermark;
  }

  /** Up to where time has passed. */
  long watermark() {
    return watermark;
  }

  /** Whether the input has ended: no event and no watermark come any more. */
  boolean hasEnded() {
    return ended;
  }

  long generation() {
    return generation;
  }

  void snapshot() throws Exception {
    state.update(List.of(new long[] {watermark, generation}));
  }
}
