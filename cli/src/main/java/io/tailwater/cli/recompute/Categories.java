// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The aggregate of each category that has inputs, where it is not null. */
final class Categories implements Accumulator {
  private final Aggregate aggregate;
  private final Map<String, Accumulator> byCategory = new HashMap<>();
  private final Frequencies categories = new Frequencies();

  Categories(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  @Override
  public void add(Object input) {
    Categorised own = (Categorised) input;
    categories.add(own.category());
    byCategory
        .computeIfAbsent(own.category(), added -> Accumulator.plain(aggregate))
        .add(own.value());
  }

  @Override
  public void remove(Object input) {
    Categorised own = (Categorised) input;
    categories.remove(own.category());
    Accumulator accumulator = byCategory.get(own.category());
    if (accumulator == null) {
      throw new IllegalArgumentException("%s was never added".formatted(own));
    }
    accumulator.remove(own.value());
  }

  @Override
  public Map<String, Object> value() {
    Map<String, Object> values = new TreeMap<>();
    byCategory.forEach(
        (category, accumulator) -> {
          Object value = accumulator.value();
          if (value != null && categories.byValue().containsKey(category)) {
            values.put(category, value);
          }
        });
    return values;
  }
}
