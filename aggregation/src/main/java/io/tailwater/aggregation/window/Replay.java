// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cursor over events in memory, for corrections. */
final class Replay {
  private record Item(Chunk chunk, int index) {
    long time() {
      return chunk.timeAt(index);
    }
  }

  private final Layout layout;
  private final VectorFunction vectors;
  private final List<Item> items = new ArrayList<>();
  private final Frame[] frames;
  private final int[] tails;
  private int head;

  Replay(Layout layout, VectorFunction vectors) {
    this.layout = layout;
    this.vectors = vectors;
    this.frames = layout.newFrames(0);
    this.tails = new int[frames.length];
  }

  void add(Chunk chunk, int index) {
    items.add(new Item(chunk, index));
  }

  void sort() {
    items.sort(Comparator.comparingLong(Item::time));
  }

  boolean hasEventAt(long instant) {
    return head < items.size() && items.get(head).time() == instant;
  }

  /** The next instant at which an event arrives or leaves; {@link Long#MAX_VALUE} if none does. */
  long nextStep() {
    long next = head < items.size() ? items.get(head).time() : Long.MAX_VALUE;
    for (int i = 0; i < frames.length; i++) {
      if (tails[i] < head) {
        long windowMillis = layout.window(i).windowMillis();
        next = Math.min(next, Instants.leave(items.get(tails[i]).time(), windowMillis));
      }
    }
    return next;
  }

  void moveTo(long instant) {
    int end = head;
    while (end < items.size() && items.get(end).time() <= instant) {
      end++;
    }
    for (int i = 0; i < frames.length; i++) {
      move(i, end, Instants.minus(instant, layout.window(i).windowMillis()));
    }
    head = end;
  }

  private void move(int frameIndex, int end, long lowerEnd) {
    WindowLayout window = layout.window(frameIndex);
    Frame frame = frames[frameIndex];
    while (tails[frameIndex] < head && items.get(tails[frameIndex]).time() < lowerEnd) {
      Item item = items.get(tails[frameIndex]++);
      frame.remove(window, item.chunk(), item.index());
    }
    if (window.hasExtremes()) {
      frame.segments.settle(window, lowerEnd, reader(tails[frameIndex], head));
    }
    for (int i = head; i < end; i++) {
      if (items.get(i).time() >= lowerEnd) {
        frame.add(window, items.get(i).chunk(), items.get(i).index());
      } else {
        tails[frameIndex] = i + 1;
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
    return vectors.features(layout.results(frames));
  }
}
