// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.ArrayList;
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

  void add(Amendment amendment) {
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
