// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.counts.PageStore;
import org.jspecify.annotations.Nullable;

/**
 * One window under one cursor: what it holds now. At cursor instant t these are the log's events in
 * [lower end of t, upper end of t].
 */
final class Frame {
  /** Events in the window. */
  long count;

  /** The first event of the log at or after the window's lower end: the next to leave. */
  final Pointer tail;

  /** Of a window that lags behind, the first event after its upper end: the next to enter. */
  final @Nullable Pointer head;

  final Cell[] cells;

  /** For what cannot be taken back; empty of slots if the window has none of it. */
  final Segments segments;

  Frame(Pointer tail, @Nullable Pointer head, Cell[] cells, Segments segments) {
    this.tail = tail;
    this.head = head;
    this.cells = cells;
    this.segments = segments;
  }

  /**
   * Puts an event in.
   *
   * @param last whether it stands behind all others of the frame
   */
  void add(WindowLayout layout, Chunk chunk, int index, boolean last, PageStore pages) {
    count++;
    for (Cell cell : cells) {
      cell.add(chunk, index, pages);
    }
    if (layout.hasSummaries()) {
      segments.add(layout, chunk, index, last);
    }
  }

  /** Takes one event out; the caller settles the {@link #segments}. */
  void remove(WindowLayout layout, Chunk chunk, int index, PageStore pages) {
    count--;
    for (Cell cell : cells) {
      cell.remove(chunk, index, pages);
    }
    if (layout.hasSummaries()) {
      segments.noteRemoved(layout, chunk, index);
    }
  }

  /**
   * Whether both hold the same events of one log. A frame holds neighbours, from its tail on; that
   * of a lifetime, from the first event on.
   */
  boolean holdsTheEventsOf(Frame other) {
    return count == other.count
        && tail.isAt(other.tail)
        && (head == null || (other.head != null && head.isAt(other.head)));
  }

  Frame copy() {
    Cell[] copies = new Cell[cells.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = cells[i].copy();
    }
    Frame copy = new Frame(tail.copy(), head == null ? null : head.copy(), copies, segments.copy());
    copy.count = count;
    return copy;
  }
}
