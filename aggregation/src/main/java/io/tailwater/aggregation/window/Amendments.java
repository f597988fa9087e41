// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final List<Amendment> list = new ArrayList<>();

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** How many events wait. */
  public int size() {
    return list.size();
  }

  /** Adds one; of the same event only what stood there first and what stands there now matter. */
  void add(Amendment amendment) {
    for (int i = 0; i < list.size(); i++) {
      Event waiting = list.get(i).event();
      if (waiting.time() == amendment.event().time()
          && Arrays.equals(waiting.id(), amendment.event().id())) {
        list.set(i, new Amendment(amendment.event(), list.get(i).replaced()));
        return;
      }
    }
    list.add(amendment);
  }

  List<Amendment> list() {
    return list;
  }

  long earliest() {
    return list.stream().mapToLong(amendment -> amendment.event().time()).min().orElseThrow();
  }

  long latest() {
    return list.stream().mapToLong(amendment -> amendment.event().time()).max().orElseThrow();
  }

  void clear() {
    list.clear();
  }
}
