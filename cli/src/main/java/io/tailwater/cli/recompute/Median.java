// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The middle one of numbers in order; of an even number, the mean of the two, rounded once. */
final class Median implements Accumulator {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Frequencies inputs = new Frequencies();
  private int count;

  @Override
  public void add(Object input) {
    count++;
    inputs.add(input);
  }

  @Override
  public void remove(Object input) {
    count--;
    inputs.remove(input);
  }

  @Override
  public @Nullable Double value() {
    if (count == 0) {
      return null;
    }
    BigDecimal low = exact(atRank((count - 1) / 2));
    BigDecimal high = exact(atRank(count / 2));
    return low.add(high).multiply(HALF).doubleValue();
  }

  private Object atRank(int rank) {
    int below = 0;
    for (Map.Entry<Object, Integer> input : inputs.byValue().entrySet()) {
      below += input.getValue();
      if (below > rank) {
        return input.getKey();
      }
    }
    throw new IllegalArgumentException("rank %d of %d".formatted(rank, count));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : BigDecimal.valueOf(((Number) number).longValue());
  }
}
