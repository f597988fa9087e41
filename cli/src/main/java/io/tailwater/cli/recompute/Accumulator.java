// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one aggregate that are in its window now; nulls never get here. The oldest one
 * enters first and leaves first.
 */
interface Accumulator {
  void add(Object input);

  void remove(Object input);

  /** The aggregate; null of an empty window, but for counts. */
  @Nullable Object value();

  static Accumulator of(Aggregate aggregate) {
    return aggregate.byCategory() ? new Categories(aggregate) : plain(aggregate);
  }

  /** Of the inputs of one category. */
  static Accumulator plain(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT_ALL, COUNT -> new Count();
      case SUM -> aggregate.integers() ? new IntegerSum() : new DoubleSum();
      case AVG -> new Average(aggregate.integers() ? new IntegerSum() : new DoubleSum());
      case MIN -> new Extreme(true);
      case MAX -> new Extreme(false);
      case COUNT_DISTINCT -> new Distinct();
      case MEDIAN -> new Median();
      case TOP_K -> new MostFrequent(aggregate.parameter());
      case LAST_N -> new Newest(aggregate.parameter());
      default -> throw new IllegalArgumentException("%s".formatted(aggregate.function()));
    };
  }

  /** How many. */
  final class Count implements Accumulator {
    private long count;

    @Override
    public void add(Object input) {
      count++;
    }

    @Override
    public void remove(Object input) {
      count--;
    }

    @Override
    public Long value() {
      return count;
    }
  }

  /** A sum of doubles, rounded once. */
  final class DoubleSum implements Accumulator {
    private final ExactTotal total = new ExactTotal();
    private long count;

    @Override
    public void add(Object input) {
      count++;
      total.add((Double) input);
    }

    @Override
    public void remove(Object input) {
      count--;
      total.remove((Double) input);
    }

    @Override
    public @Nullable Double value() {
      return count == 0 ? null : (Double) total.rounded();
    }
  }

  /** A sum of integers; null where it is no INT64. */
  final class IntegerSum implements Accumulator {
    private BigInteger total = BigInteger.ZERO;
    private long count;

    @Override
    public void add(Object input) {
      count++;
      total = total.add(BigInteger.valueOf(((Number) input).longValue()));
    }

    @Override
    public void remove(Object input) {
      count--;
      total = total.subtract(BigInteger.valueOf(((Number) input).longValue()));
    }

    @Override
    public @Nullable Long value() {
      return count == 0 || total.bitLength() >= Long.SIZE ? null : (Long) total.longValueExact();
    }
  }

  /** The sum as a double, divided by the count. */
  final class Average implements Accumulator {
    private final Accumulator sum;
    private long count;

    Average(Accumulator sum) {
      this.sum = sum;
    }

    @Override
    public void add(Object input) {
      count++;
      sum.add(input);
    }

    @Override
    public void remove(Object input) {
      count--;
      sum.remove(input);
    }

    @Override
    public @Nullable Double value() {
      Object total = sum.value();
      return total == null ? null : (Double) (((Number) total).doubleValue() / count);
    }
  }

  /** The least or the greatest input, in their natural order. */
  final class Extreme implements Accumulator {
    private final boolean least;
    private final Frequencies inputs = new Frequencies();

    Extreme(boolean least) {
      this.least = least;
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
    public @Nullable Object value() {
      if (inputs.byValue().isEmpty()) {
        return null;
      }
      return least ? inputs.byValue().firstKey() : inputs.byValue().lastKey();
    }
  }
}
