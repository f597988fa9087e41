// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Late events of one entity whose correction rows have not been written yet. They wait so that one
 * pass over the log corrects for many. Held by the host on the heap, since they are always worked
 * off before a checkpoint; not thread-safe.
 */
public final class Amendments {
  /**
   * One late event.
   *
   * @param event as it is in the log now
   * @param replaced the values that stood in its place before; null if it is new
   */
  record Amendment(Event event, @Nullable Object @Nullable [] replaced) {}

  private final NavigableMap<Long, List<Amendment>> byTime = new TreeMap<>();
  private int size;

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How many events wait. */
  public int size() {
    return size;
  }

  /** Adds one; of the same event only what stood there first and what stands there now matter. */
  void add(Amendment amendment) {
    List<Amendment> sameTime =
        byTime.computeIfAbsent(amendment.event().time(), time -> new ArrayList<>());
    for (int i = 0; i < sameTime.size(); i++) {
      Amendment waiting = sameTime.get(i);
      if (Arrays.equals(waiting.event().id(), amendment.event().id())) {
        sameTime.set(i, new Amendment(amendment.event(), waiting.replaced()));
        return;
      }
    }
    sameTime.add(amendment);
    size++;
  }

  /** Those of the events of one instant. */
  List<Amendment> at(long time) {
    return byTime.getOrDefault(time, List.of());
  }

  long earliest() {
    return byTime.firstKey();
  }

  long latest() {
    return byTime.lastKey();
  }

  void clear() {
    byTime.clear();
    size = 0;
  }
}
