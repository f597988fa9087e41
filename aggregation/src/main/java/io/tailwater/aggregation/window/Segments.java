// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extremes of a frame. Min and max cannot be taken back, so the window is cut by time into a
 * bounded number of stretches with the extremes of each: the first stretch, from which events
 * leave, is fine and is read again from the log when its extreme leaves; when it is used up, the
 * next one is cut into finer ones. Newer stretches are coarser: neighbours are joined when there
 * are too many. Every event is read again a few times in all (once for each level of fineness),
 * whatever the window's length, and an event may be added anywhere.
 */
final class Segments {
  /** Events in a stretch that is not worth cutting. */
  static final int FINE = 16;

  /** Stretches of one level. */
  private static final int FANOUT = 16;

  /** A stretch: from {@code start} to before the next one's start. */
  static final class Segment {
    long start;
    int count;
    final @Nullable Object[] extremes;

    Segment(long start, int slots) {
      this.start = start;
      this.extremes = new Object[slots];
    }

    private Segment copy() {
      Segment copy = new Segment(start, extremes.length);
      copy.count = count;
      System.arraycopy(extremes, 0, copy.extremes, 0, extremes.length);
      return copy;
    }

    private void add(WindowLayout layout, Chunk chunk, int index) {
      count++;
      for (int slot = 0; slot < extremes.length; slot++) {
        Object value = chunk.column(layout.extremeColumn(slot)).boxedAt(index);
        if (layout.beats(slot, value, extremes[slot])) {
          extremes[slot] = value;
        }
      }
    }

    private void join(WindowLayout layout, Segment later) {
      count += later.count;
      for (int slot = 0; slot < extremes.length; slot++) {
        if (layout.beats(slot, later.extremes[slot], extremes[slot])) {
          extremes[slot] = later.extremes[slot];
        }
      }
    }

    private boolean holdsExtreme(WindowLayout layout, Chunk chunk, int index) {
      for (int slot = 0; slot < extremes.length; slot++) {
        Object value = chunk.column(layout.extremeColumn(slot)).boxedAt(index);
        if (value != null && !layout.beats(slot, extremes[slot], value)) {
          return true;
        }
      }
      return false;
    }
  }

  /** In the order of time. */
  final List<Segment> list = new ArrayList<>();

  /** Stretches before this one came from cutting and are not joined again. */
  int cut;

  /** The newest event time seen. */
  long newest = Long.MIN_VALUE;

  /** Whether an event that was an extreme has left a stretch that still holds others. */
  private boolean stale;

  void add(WindowLayout layout, Chunk chunk, int index) {
    long time = chunk.timeAt(index);
    if (list.isEmpty() || (time > newest && last().count >= FINE)) {
      append(layout, list.isEmpty() ? Long.MIN_VALUE : time);
    }
    newest = Math.max(newest, time);
    list.get(indexOf(time)).add(layout, chunk, index);
  }

  private Segment last() {
    return list.get(list.size() - 1);
  }

  private void append(WindowLayout layout, long start) {
    if (list.size() - cut >= FANOUT) {
      joinNeighbours(layout);
    }
    list.add(new Segment(start, layout.extremeCount()));
  }

  private void joinNeighbours(WindowLayout layout) {
    List<Segment> joined = new ArrayList<>(list.subList(0, cut));
    for (int i = cut; i < list.size(); i += 2) {
      Segment segment = list.get(i);
      if (i + 1 < list.size()) {
        segment.join(layout, list.get(i + 1));
      }
      joined.add(segment);
    }
    list.clear();
    list.addAll(joined);
  }

  private int indexOf(long time) {
    int index = list.size() - 1;
    while (index > 0 && list.get(index).start > time) {
      index--;
    }
    return index;
  }

  /** To be called for each event that leaves or is replaced, while its stretch is still here. */
  void noteRemoved(WindowLayout layout, Chunk chunk, int index) {
    Segment segment = list.get(indexOf(chunk.timeAt(index)));
    segment.count--;
    if (segment.count > 0 && segment.holdsExtreme(layout, chunk, index)) {
      stale = true;
    }
  }

  /**
   * Brings the stretches in line after events before {@code lowerEnd} have left.
   *
   * @param reader reads the frame's events again
   */
  void settle(WindowLayout layout, long lowerEnd, RangeReader reader) {
    dropEmptyHead();
    if (!stale) {
      return;
    }
    stale = false;
    if (list.isEmpty()) {
      return;
    }
    reread(layout, 0, lowerEnd, reader);
  }

  /** Reads the stretch of {@code time} again after one of its events changed its values. */
  void settleAt(WindowLayout layout, long time, long lowerEnd, RangeReader reader) {
    stale = false;
    reread(layout, indexOf(time), lowerEnd, reader);
  }

  private void dropEmptyHead() {
    int empty = 0;
    while (empty < list.size() && list.get(empty).count == 0) {
      empty++;
    }
    if (empty > 0) {
      list.subList(0, empty).clear();
      cut = Math.max(0, cut - empty);
    }
  }

  private void reread(WindowLayout layout, int index, long lowerEnd, RangeReader reader) {
    Segment old = list.get(index);
    long start = index == 0 ? lowerEnd : Math.max(lowerEnd, old.start);
    long end = index + 1 < list.size() ? list.get(index + 1).start : Long.MAX_VALUE;
    Cutter cutter = new Cutter(layout, old.start, Math.max(FINE, old.count / FANOUT + 1));
    reader.read(start, end, cutter);
    list.remove(index);
    list.addAll(index, cutter.pieces);
    if (index < cut || cutter.pieces.size() > 1) {
      cut = Math.max(cut, index + 1) + cutter.pieces.size() - 1;
    }
  }

  /** Cuts what it visits into pieces; events of the same instant stay together. */
  private static final class Cutter implements EventVisitor {
    private final WindowLayout layout;
    private final int pieceSize;
    private final List<Segment> pieces = new ArrayList<>();
    private long lastTime = Long.MIN_VALUE;

    Cutter(WindowLayout layout, long start, int pieceSize) {
      this.layout = layout;
      this.pieceSize = pieceSize;
      pieces.add(new Segment(start, layout.extremeCount()));
    }

    @Override
    public void visit(Chunk chunk, int index) {
      long time = chunk.timeAt(index);
      Segment piece = pieces.get(pieces.size() - 1);
      if (piece.count >= pieceSize && time > lastTime) {
        piece = new Segment(time, layout.extremeCount());
        pieces.add(piece);
      }
      lastTime = time;
      piece.add(layout, chunk, index);
    }
  }

  /** The extreme of a slot over the whole frame; null if it holds no value. */
  @Nullable Object extreme(WindowLayout layout, int slot) {
    Object best = null;
    for (Segment segment : list) {
      if (layout.beats(slot, segment.extremes[slot], best)) {
        best = segment.extremes[slot];
      }
    }
    return best;
  }

  Segments copy() {
    Segments copy = new Segments();
    for (Segment segment : list) {
      copy.list.add(segment.copy());
    }
    copy.cut = cut;
    copy.newest = newest;
    return copy;
  }
}
