// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the values of one column in one window, of which {@link AggregateFunction}s read
 * their results. Which methods answer depends on the function's {@link AggregateFunction.Basis};
 * the others throw {@link UnsupportedOperationException}. Values are {@link Long} of INT32, INT64
 * and TIMESTAMP, {@link Double} of FLOAT and DOUBLE, else of their type's class.
 */
public interface Readings {
  /** The number of values, that is of events whose value is not null. */
  default long count() {
    throw new UnsupportedOperationException("the values are not counted");
  }

  /** The exact sum as its type has it; null of no values or outside the type. TRUE counts 1. */
  default @Nullable Object sum() {
    throw new UnsupportedOperationException("the values are not summed");
  }

  /** The sum divided by the count; null of no values or outside the type. */
  default @Nullable Object average() {
    throw new UnsupportedOperationException("the values are not summed");
  }

  /**
   * The variance, rounded once; null of too few values or outside the type.
   *
   * @param sample whether to divide by n − 1 rather than by n
   */
  default @Nullable Double variance(boolean sample) {
    throw new UnsupportedOperationException("the squares are not summed");
  }

  /** The number of different values. */
  default long distinct() {
    throw new UnsupportedOperationException("the values are not kept in order");
  }

  /**
   * The value at a place in ascending order.
   *
   * @param rank from 0 to before {@link #count()}
   */
  default Object at(long rank) {
    throw new UnsupportedOperationException("the values are not kept in order");
  }

  /** At most k values by falling frequency, ties by value. */
  default List<Object> mostFrequent(int k) {
    throw new UnsupportedOperationException("the frequencies are not kept in order");
  }

  /** The summary; null of no values. */
  default @Nullable Object summary() {
    throw new UnsupportedOperationException("the values are not summarized");
  }
}
