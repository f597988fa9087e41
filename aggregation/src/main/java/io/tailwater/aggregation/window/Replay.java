// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.counts.OverlayPageStore;
import io.tailwater.aggregation.counts.PageStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cursor over events in memory, for corrections. Nothing that it does changes the entity's
 * state or pages.
 */
final class Replay {
  private record Item(Chunk chunk, int index) {
    long time() {
      return chunk.timeAt(index);
    }
  }

  private final Layout layout;
  private final VectorFunction vectors;
  private final PageStore pages;
  private final List<Item> items = new ArrayList<>();
  private final Frame[] frames;

  /** For each window the first item that has not left it, and the first that has not entered. */
  private final int[] tails;

  private final int[] heads;

  /** The first item that has not happened. */
  private int next;

  private long instant = Long.MIN_VALUE;

  Replay(Layout layout, VectorFunction vectors, EntityState state, ChunkStore store) {
    this.layout = layout;
    this.vectors = vectors;
    this.pages = new OverlayPageStore(new EntityPages(state, store));
    this.frames = layout.newFrames(0);
    this.tails = new int[frames.length];
    this.heads = new int[frames.length];
    for (int i = 0; i < frames.length; i++) {
      if (layout.window(i).isLifetime()) {
        frames[i] = withoutSummaries(state.finished[i].copy());
        frames[i].segments.startWith(layout.window(i), state.base[i]);
      }
    }
  }

  private static Frame withoutSummaries(Frame frame) {
    Frame copy = new Frame(frame.tail, frame.head, frame.cells, new Segments());
    copy.count = frame.count;
    return copy;
  }

  /** Adds an event behind all that have been added. */
  void add(Chunk chunk, int index) {
    items.add(new Item(chunk, index));
  }

  /**
   * Stands just before an instant: takes what happens from it on out of the frames of lifetimes,
   * which start as they are now. To be called once, before the first step.
   *
   * @param events all that the final cursor has passed since then, of the log as it is
   */
  void startBefore(long first, Replay events) {
    for (int i = 0; i < frames.length; i++) {
      if (layout.window(i).isLifetime()) {
        for (Item item : events.items) {
          if (item.time() >= first) {
            takeBack(frames[i], item);
          }
        }
      }
    }
    moveTo(first - 1);
  }

  private void takeBack(Frame frame, Item item) {
    frame.count--;
    for (Cell cell : frame.cells) {
      cell.remove(item.chunk(), item.index(), pages);
    }
  }

  boolean hasEventAt(long time) {
    return next < items.size() && items.get(next).time() == time;
  }

  /**
   * The next instant at which an event happens, enters or leaves; {@link Long#MAX_VALUE} if none
   * does.
   */
  long nextStep() {
    long step = next < items.size() ? items.get(next).time() : Long.MAX_VALUE;
    for (int i = 0; i < frames.length; i++) {
      Window window = layout.window(i).window();
      if (tails[i] < heads[i]) {
        step = Math.min(step, window.leaves(items.get(tails[i]).time()));
      }
      if (heads[i] < items.size()) {
        step = Math.min(step, window.enters(items.get(heads[i]).time()));
      }
    }
    return step;
  }

  void moveTo(long step) {
    for (int i = 0; i < frames.length; i++) {
      move(i, step);
    }
    while (next < items.size() && items.get(next).time() <= step) {
      next++;
    }
    instant = step;
  }

  private void move(int index, long step) {
    WindowLayout window = layout.window(index);
    Frame frame = frames[index];
    boolean starts = instant == Long.MIN_VALUE && window.isLifetime();
    long lowerEnd = window.window().lowerEnd(step);
    while (tails[index] < heads[index] && items.get(tails[index]).time() < lowerEnd) {
      Item item = items.get(tails[index]++);
      frame.remove(window, item.chunk(), item.index(), pages);
    }
    if (window.hasSummaries() && !window.isLifetime()) {
      frame.segments.settle(window, lowerEnd, reader(tails[index], heads[index]));
    }
    long upperEnd = window.window().upperEnd(step);
    while (heads[index] < items.size() && items.get(heads[index]).time() <= upperEnd) {
      Item item = items.get(heads[index]++);
      if (starts) {
        frame.segments.add(window, item.chunk(), item.index(), true);
      } else if (item.time() >= lowerEnd) {
        frame.add(window, item.chunk(), item.index(), true, pages);
      } else {
        tails[index] = heads[index];
      }
    }
  }

  private RangeReader reader(int fromItem, int toItem) {
    return (from, end, visitor) -> {
      for (int i = fromItem; i < toItem; i++) {
        Item item = items.get(i);
        if (item.time() >= from && item.time() < end) {
          visitor.visit(item.chunk(), item.index());
        }
      }
    };
  }

  @Nullable Object[] vector() {
    return vectors.features(layout.results(frames, pages));
  }
}
