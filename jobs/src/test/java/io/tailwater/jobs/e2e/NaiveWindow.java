// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.math.BigDecimal;
import java.util.List;

/**
 * One window [t − length, t] over an entity's purchases, with t going forward. The sum is a
 * BigDecimal, rounded once; the rest is read off the purchases in the window.
 */
final class NaiveWindow {
  private final List<Purchase> purchases;
  private final long length;
  private int from;
  private int to;
  private BigDecimal sum = BigDecimal.ZERO;

  /**
   * @param purchases in the order of time
   * @param length in milliseconds
   */
  NaiveWindow(List<Purchase> purchases, long length) {
    this.purchases = purchases;
    this.length = length;
  }

  /** Moves the window to {@code instant}; tells whether that changed what is in it. */
  boolean advanceTo(long instant) {
    int oldFrom = from;
    int oldTo = to;
    while (to < purchases.size() && purchases.get(to).time() <= instant) {
      sum = sum.add(new BigDecimal(purchases.get(to++).amount()));
    }
    while (from < to && purchases.get(from).time() < instant - length) {
      sum = sum.subtract(new BigDecimal(purchases.get(from++).amount()));
    }
    return from != oldFrom || to != oldTo;
  }

  /** When the oldest purchase leaves the window; {@link Long#MAX_VALUE} if it is empty. */
  long nextLeave() {
    return from == to ? Long.MAX_VALUE : purchases.get(from).time() + length + 1;
  }

  long count() {
    return to - from;
  }

  long sum() {
    return from == to ? StepRow.NULL : bits(sum.doubleValue());
  }

  long average() {
    return from == to ? StepRow.NULL : bits(sum.doubleValue() / count());
  }

  long least() {
    double least = Double.POSITIVE_INFINITY;
    for (Purchase purchase : purchases.subList(from, to)) {
      least = Math.min(least, purchase.amount());
    }
    return from == to ? StepRow.NULL : bits(least);
  }

  long most() {
    double most = Double.NEGATIVE_INFINITY;
    for (Purchase purchase : purchases.subList(from, to)) {
      most = Math.max(most, purchase.amount());
    }
    return from == to ? StepRow.NULL : bits(most);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
