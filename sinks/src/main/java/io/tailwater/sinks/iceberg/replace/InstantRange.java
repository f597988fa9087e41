// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tailwater.stores.offline.OfflineSchema;
import java.io.Serializable;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The instants whose rows are replaced, in milliseconds, both ends included; none if the first is
 * after the last. Tables count in microseconds: all of the last millisecond belong to the range.
 */
record InstantRange(long from, long to) implements Serializable {
  private static final long MICROS_A_MILLI = 1_000;

  boolean contains(long millis) {
    return from <= millis && millis <= to;
  }

  boolean containsMicros(long micros) {
    return firstMicros() <= micros && micros <= lastMicros();
  }

  boolean isEmpty() {
    return from > to;
  }

  boolean overlaps(InstantRange other) {
    return Math.max(from, other.from) <= Math.min(to, other.to);
  }

  /** The range as a condition on a row. */
  Expression condition() {
    return isEmpty()
        ? Expressions.alwaysFalse()
        : Expressions.and(
            Expressions.greaterThanOrEqual(OfflineSchema.EVENT_TIMESTAMP, firstMicros()),
            Expressions.lessThanOrEqual(OfflineSchema.EVENT_TIMESTAMP, lastMicros()));
  }

  private long firstMicros() {
    return MILLISECONDS.toMicros(from);
  }

  private long lastMicros() {
    long first = MILLISECONDS.toMicros(to);
    return first > Long.MAX_VALUE - MICROS_A_MILLI ? first : first + MICROS_A_MILLI - 1;
  }
}
