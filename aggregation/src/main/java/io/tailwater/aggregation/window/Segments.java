// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Summary summaries} of a frame. They cannot be taken back, so the window is cut by time
 * into a bounded number of stretches with the summaries of each: the first stretch, from which
 * events leave, is fine and is read again from the log when a leaving event mattered; when it is
 * used up, the next one is cut into finer ones. Newer stretches are coarser: neighbours are joined
 * when there are too many. Every event is read again a few times in all (once for each level of
 * fineness), whatever the window's length, and an event may be added anywhere.
 */
final class Segments {
  /** Events in a stretch that is not worth cutting. */
  static final int FINE = 16;

  /** Stretches of one level. */
  private static final int FANOUT = 16;

  private static final long SETTLED = Long.MIN_VALUE;

  /** A stretch: from {@code start} to before the next one's start. */
  static final class Segment {
    long start;
    int count;
    final @Nullable Object[] summaries;

    Segment(long start, int slots) {
      this.start = start;
      this.summaries = new Object[slots];
    }

    private Segment copy() {
      Segment copy = new Segment(start, summaries.length);
      copy.count = count;
      System.arraycopy(summaries, 0, copy.summaries, 0, summaries.length);
      return copy;
    }

    /** Whether all summaries are known afterwards. */
    private boolean add(WindowLayout layout, Chunk chunk, int index, boolean last) {
      count++;
      boolean known = true;
      for (int slot = 0; slot < summaries.length; slot++) {
        Object summary = layout.summary(slot).include(summaries[slot], chunk, index, last);
        if (summary == Summary.UNKNOWN) {
          known = false;
        } else {
          summaries[slot] = summary;
        }
      }
      return known;
    }

    private void join(WindowLayout layout, Segment later) {
      count += later.count;
      for (int slot = 0; slot < summaries.length; slot++) {
        summaries[slot] = layout.summary(slot).joinAny(summaries[slot], later.summaries[slot]);
      }
    }

    private boolean minds(WindowLayout layout, Chunk chunk, int index) {
      for (int slot = 0; slot < summaries.length; slot++) {
        Object summary = summaries[slot];
        if (summary != null && layout.summary(slot).minds(summary, chunk, index)) {
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

  /** Whether an event that mattered has left a stretch that still holds others. */
  private boolean stale;

  /** The time of an event whose stretch must be read again; SETTLED if there is none. */
  private long unknownAt = SETTLED;

  /**
   * Puts an event in; {@link #isUnknown} afterwards says whether its stretch must be read again.
   *
   * @param isLast whether the event stands behind all others of the frame
   */
  void add(WindowLayout layout, Chunk chunk, int index, boolean isLast) {
    long time = chunk.timeAt(index);
    if (list.isEmpty() || (time > newest && last().count >= FINE)) {
      append(layout, list.isEmpty() ? Long.MIN_VALUE : time);
    }
    boolean last = isLast || time > newest;
    newest = Math.max(newest, time);
    if (!list.get(indexOf(time)).add(layout, chunk, index, last)) {
      unknownAt = time;
    }
  }

  /** Whether {@link #settleAt} is due for the event that was put in last. */
  boolean isUnknown() {
    return unknownAt != SETTLED;
  }

  private Segment last() {
    return list.get(list.size() - 1);
  }

  private void append(WindowLayout layout, long start) {
    if (list.size() - cut >= FANOUT) {
      joinNeighbours(layout);
    }
    list.add(new Segment(start, layout.summaryCount()));
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
    if (segment.count > 0 && segment.minds(layout, chunk, index)) {
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

  /** Reads the stretch of {@code time} again after one of its events came or changed its values. */
  void settleAt(WindowLayout layout, long time, long lowerEnd, RangeReader reader) {
    stale = false;
    unknownAt = SETTLED;
    reread(layout, indexOf(time), lowerEnd, reader);
  }

  /**
   * The same where nothing leaves, but the log forgets: it and all stretches before it become one.
   *
   * @param base the summaries of the events that are not in the log any more
   */
  void settleAt(WindowLayout layout, long time, @Nullable Object[] base, RangeReader reader) {
    stale = false;
    unknownAt = SETTLED;
    int index = indexOf(time);
    Segment whole = new Segment(Long.MIN_VALUE, layout.summaryCount());
    System.arraycopy(base, 0, whole.summaries, 0, base.length);
    reader.read(Long.MIN_VALUE, endOf(index), (chunk, at) -> whole.add(layout, chunk, at, true));
    int count = 0;
    for (Segment segment : list.subList(0, index + 1)) {
      count += segment.count;
    }
    whole.count = count;
    list.subList(0, index + 1).clear();
    list.add(0, whole);
    cut = 0;
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

  private long endOf(int index) {
    return index + 1 < list.size() ? list.get(index + 1).start : Long.MAX_VALUE;
  }

  private void reread(WindowLayout layout, int index, long lowerEnd, RangeReader reader) {
    Segment old = list.get(index);
    long start = index == 0 ? lowerEnd : Math.max(lowerEnd, old.start);
    Cutter cutter = new Cutter(layout, old.start, Math.max(FINE, old.count / FANOUT + 1));
    reader.read(start, endOf(index), cutter);
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
      pieces.add(new Segment(start, layout.summaryCount()));
    }

    @Override
    public void visit(Chunk chunk, int index) {
      long time = chunk.timeAt(index);
      Segment piece = pieces.get(pieces.size() - 1);
      if (piece.count >= pieceSize && time > lastTime) {
        piece = new Segment(time, layout.summaryCount());
        pieces.add(piece);
      }
      lastTime = time;
      piece.add(layout, chunk, index, true);
    }
  }

  /** The summary of a slot over the whole frame; null if it holds no value. */
  @Nullable Object summary(WindowLayout layout, int slot) {
    Object whole = null;
    for (Segment segment : list) {
      whole = layout.summary(slot).joinAny(whole, segment.summaries[slot]);
    }
    return whole;
  }

  /** Starts with the summaries of events that the log does not hold any more. */
  void startWith(WindowLayout layout, @Nullable Object[] base) {
    Segment first = new Segment(Long.MIN_VALUE, layout.summaryCount());
    System.arraycopy(base, 0, first.summaries, 0, base.length);
    list.add(first);
  }

  /**
   * The same stretches with some of their summaries.
   *
   * @param slots for each summary the slot where it is now
   */
  Segments select(int[] slots) {
    Segments selected = new Segments();
    for (Segment segment : list) {
      Segment same = new Segment(segment.start, slots.length);
      same.count = segment.count;
      for (int slot = 0; slot < slots.length; slot++) {
        same.summaries[slot] = segment.summaries[slots[slot]];
      }
      selected.list.add(same);
    }
    selected.cut = cut;
    selected.newest = newest;
    return selected;
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
