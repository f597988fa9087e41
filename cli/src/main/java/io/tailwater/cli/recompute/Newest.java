// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last n inputs, the newest first. */
final class Newest implements Accumulator {
  private final int n;
  private final Deque<Object> inputs = new ArrayDeque<>();

  Newest(int n) {
    this.n = n;
  }

  @Override
  public void add(Object input) {
    inputs.addLast(input);
  }

  @Override
  public void remove(Object input) {
    Object oldest = inputs.removeFirst();
    if (!oldest.equals(input)) {
      throw new IllegalArgumentException("%s leaves before %s".formatted(input, oldest));
    }
  }

  @Override
  public @Nullable List<Object> value() {
    List<Object> newest = new ArrayList<>();
    Iterator<Object> backwards = inputs.descendingIterator();
    while (newest.size() < n && backwards.hasNext()) {
      newest.add(backwards.next());
    }
    return newest.isEmpty() ? null : newest;
  }
}
