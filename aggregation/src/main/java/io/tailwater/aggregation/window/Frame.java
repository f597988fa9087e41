// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/**
 * One window under one cursor: what it holds now. At cursor instant t and window length W these are
 * the log's events in [t − W, t].
 */
final class Frame {
  /** Events in the window. */
  long count;

  /** The first event of the log at or after the window's lower end: the next to leave. */
  final Pointer tail;

  final Accumulator[] accumulators;

  /** {@link #count} as the result of {@code count(*)}; −1 before the first. */
  private Long boxedCount = -1L;

  /** For min and max; empty of slots if the window has none. */
  final Segments segments;

  Frame(Pointer tail, Accumulator[] accumulators, Segments segments) {
    this.tail = tail;
    this.accumulators = accumulators;
    this.segments = segments;
  }

  /** The same object as long as the count is the same: vectors are compared often. */
  Long boxedCount() {
    if (boxedCount != count) {
      boxedCount = count;
    }
    return boxedCount;
  }

  void add(WindowLayout layout, Chunk chunk, int index) {
    count++;
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].add(chunk.column(layout.accumulatorColumn(i)), index);
    }
    if (layout.hasExtremes()) {
      segments.add(layout, chunk, index);
    }
  }

  /** Takes one event out; the caller mends the {@link #segments}. */
  void remove(WindowLayout layout, Chunk chunk, int index) {
    count--;
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].remove(chunk.column(layout.accumulatorColumn(i)), index);
    }
    if (layout.hasExtremes()) {
      segments.noteRemoved(layout, chunk, index);
    }
  }

  Frame copy() {
    Accumulator[] copies = new Accumulator[accumulators.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = accumulators[i].copy();
    }
    Frame copy = new Frame(tail.copy(), copies, segments.copy());
    copy.count = count;
    return copy;
  }
}
