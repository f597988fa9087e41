// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How far a view has come: its watermark and its generation, both in the checkpoint, since Flink
 * keeps no watermarks and a restored job must judge lateness as the one before it did.
 *
 * <p>A stream that begins with history is loading until its first watermark. From then on it stands
 * where the stream before it stood that wrote the offline table: at the table's watermark.
 *
 * <p>State layout: operator union list state {@code progress-v1}, of each subtask {watermark,
 * generation}, or with history {watermark, generation, the table's watermark, the first instant of
 * which vectors are published}. The greatest watermark counts: what it has finished is finished.
 */
final class Progress {
  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>(
          "progress-v1", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final int WITH_HISTORY = 4;
  private static final long NONE = Long.MIN_VALUE;

  private final ListState<long[]> state;
  private final long endInstant;
  private final long generation;
  private final @Nullable Long tableWatermark;
  private final long publishedFrom;
  private long watermark = NONE;

  /**
   * @param completeFrom the first instant at which the view is fully known
   * @throws IllegalStateException if the restored stream was loading history and this one has none
   */
  Progress(OperatorStateStore store, WindowSettings settings, String view, long completeFrom)
      throws Exception {
    state = store.getUnionListState(STATE);
    endInstant = settings.endInstant();
    History history = settings.history();
    Long reached = history == null ? null : (Long) history.wholeUpTo(view);
    long restoredGeneration = settings.generation();
    long from = history != null && history.known().contains(view) ? completeFrom : NONE;
    boolean restoredAny = false;
    for (long[] restored : state.get()) {
      watermark = Math.max(watermark, restored[0]);
      restoredGeneration = restored[1];
      reached = restored.length < WITH_HISTORY ? null : (Long) restored[2];
      from = restored.length < WITH_HISTORY ? NONE : restored[3];
      restoredAny = true;
    }
    generation = restoredGeneration;
    tableWatermark = reached;
    publishedFrom = from;
    if (restoredAny && history == null && isLoading()) {
      throw new IllegalStateException(
          "view '%s': the savepoint or checkpoint is of a stream that had not read its history; expected the same --history as that stream had"
              .formatted(view));
    }
  }

  /** Whether history is being read: nothing is to be emitted. */
  boolean isLoading() {
    return tableWatermark != null && !hasBegun();
  }

  /** Whether time passes, so that there are rows. */
  boolean hasBegun() {
    return watermark != NONE;
  }

  /**
   * Up to where the offline table is whole that a stream with history goes on with; {@link
   * Long#MIN_VALUE} if it is empty.
   */
  long tableWatermark() {
    return tableWatermark == null ? NONE : tableWatermark;
  }

  /** The first instant of which vectors are published: earlier ones would go over better ones. */
  long publishedFrom() {
    return publishedFrom;
  }

  /** A watermark has come. The one of the end of input means the end instant, or no progress. */
  void advance(long mark) {
    if (mark != Long.MAX_VALUE) {
      reach(mark);
    } else if (endInstant != WindowSettings.UNBOUNDED) {
      reach(endInstant);
    }
  }

  private void reach(long mark) {
    if (mark == NONE) {
      return;
    }
    long from = Math.max(watermark, tableWatermark());
    watermark = Math.max(from, Math.min(mark, endInstant));
  }

  /** Up to where time has passed. */
  long watermark() {
    return watermark;
  }

  long generation() {
    return generation;
  }

  void snapshot() throws Exception {
    state.update(
        List.of(
            tableWatermark == null
                ? new long[] {watermark, generation}
                : new long[] {watermark, generation, tableWatermark, publishedFrom}));
  }
}
