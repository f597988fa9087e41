// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.PageStore;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a new plan in the making. What the old plan's frame of the same window held is taken
 * over; the rest is computed of the log, of which every event has to be {@linkplain #visit shown}.
 */
final class FrameChange implements EventVisitor {
  private final WindowLayout layout;
  private final PageStore pages;
  private final long lowerEnd;
  private final long upperEnd;
  private final Frame empty;
  private final boolean[] filled;
  private Segments segments;

  /** What does not have to be found in the log any more. */
  private boolean placed;

  private boolean counted;
  private boolean summarized;

  /**
   * A frame of which nothing is known yet.
   *
   * @param instant where its cursor stands
   * @param empty a new frame, whose pointers stand behind the log
   * @param base for a lifetime, the summaries of what the log does not hold any more
   */
  FrameChange(
      WindowLayout layout, long instant, Frame empty, @Nullable Object[] base, PageStore pages) {
    this.layout = layout;
    this.pages = pages;
    this.lowerEnd = layout.window().lowerEnd(instant);
    this.upperEnd = layout.window().upperEnd(instant);
    this.empty = empty;
    this.filled = new boolean[empty.cells.length];
    this.segments = empty.segments;
    this.placed = layout.isLifetime();
    this.summarized = !layout.hasSummaries();
    if (layout.isLifetime() && layout.hasSummaries()) {
      segments.startWith(layout, base);
    }
  }

  /**
   * Takes over what a frame of the old plan holds.
   *
   * @param before of the same window
   */
  void takeOver(Frame before, WindowLayout layoutBefore, PlanChange change) {
    boolean same = change.counted() == PlanChange.EVERY_EVENT;
    if (same) {
      take(before.tail, empty.tail);
      if (empty.head != null && before.head != null) {
        take(before.head, empty.head);
      }
      placed = true;
      count(before.count);
    } else if (layout.isLifetime()) {
      int counter = layoutBefore.counterOf(change.counted());
      if (counter >= 0) {
        count(((Moments) before.cells[counter]).count());
      }
    }
    for (int cell = 0; cell < filled.length; cell++) {
      takeCell(cell, before, layoutBefore, change);
    }
    if (same && !summarized) {
      takeSegments(before, layoutBefore, change);
    }
  }

  private static void take(Pointer before, Pointer pointer) {
    pointer.chunk = before.chunk;
    pointer.time = before.time;
  }

  private void count(long events) {
    empty.count = events;
    counted = true;
  }

  /** A cell is what it writes; one that holds less than another reads less of it. */
  private void takeCell(int cell, Frame before, WindowLayout layoutBefore, PlanChange change) {
    ByteWriter bytes = new ByteWriter();
    int present = layout.cellIn(layoutBefore, cell, change);
    if (present >= 0) {
      before.cells[present].write(bytes);
    } else if (change.counted() == PlanChange.EVERY_EVENT
        && layout.countsEveryEvent(cell, change)) {
      bytes.writeVarLong(before.count);
    } else {
      return;
    }
    empty.cells[cell].read(new ByteReader(bytes.toByteArray()));
    filled[cell] = true;
  }

  private void takeSegments(Frame before, WindowLayout layoutBefore, PlanChange change) {
    int[] slots = new int[layout.summaryCount()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = layout.slotIn(layoutBefore, slot, change);
      if (slots[slot] < 0) {
        return;
      }
    }
    segments = before.segments.select(slots);
    summarized = true;
  }

  @Override
  public void visit(Chunk chunk, int index) {
    long time = chunk.timeAt(index);
    if (time < lowerEnd) {
      return;
    }
    if (!placed && empty.tail.isNowhere()) {
      place(empty.tail, chunk, time);
    }
    if (time > upperEnd) {
      if (!placed && empty.head != null && empty.head.isNowhere()) {
        place(empty.head, chunk, time);
      }
      return;
    }
    if (!counted) {
      empty.count++;
    }
    for (int cell = 0; cell < filled.length; cell++) {
      if (!filled[cell]) {
        empty.cells[cell].add(chunk, index, pages);
      }
    }
    if (!summarized) {
      segments.add(layout, chunk, index, true);
    }
  }

  private static void place(Pointer pointer, Chunk chunk, long time) {
    pointer.chunk = chunk.id();
    pointer.time = time;
  }

  /** The frame, when all events have been shown. */
  Frame frame() {
    Frame frame = new Frame(empty.tail, empty.head, empty.cells, segments);
    frame.count = empty.count;
    return frame;
  }
}
