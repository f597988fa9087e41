// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The k most frequent inputs, the most frequent first and, of equally frequent ones, the least. */
final class MostFrequent implements Accumulator {
  private final int k;
  private final Frequencies inputs = new Frequencies();

  MostFrequent(int k) {
    this.k = k;
  }

  @Override
  public void add(Object input) {
    inputs.add(input);
  }

  @Override
  public void remove(Object input) {
    inputs.remove(input);
  }

  @Override
  public @Nullable List<Object> value() {
    List<Map.Entry<Object, Integer>> entries = new ArrayList<>(inputs.byValue().entrySet());
    // Stable: entries of the same frequency stay in the order of their values.
    entries.sort((left, right) -> right.getValue() - left.getValue());
    return entries.isEmpty() ? null : entries.stream().limit(k).map(Map.Entry::getKey).toList();
  }
}
